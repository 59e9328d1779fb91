/// One HTTP request: method, address, headers and body.
public struct HTTPRequest: Sendable {
    /// The method, in capitals: `GET`, `POST`, `PUT`.
    public var method: String
    /// The whole address: scheme, host, port where it is not the scheme's own, path, query.
    public var url: String
    /// Headers in the order in which they are sent; a name may repeat.
    public var headers: [HTTPHeader]
    /// The body's bytes; empty for none.
    public var body: [UInt8]

    /// Makes a request.
    public init(
        method: String = "GET", url: String, headers: [HTTPHeader] = [], body: [UInt8] = []
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }
}

extension HTTPRequest: CustomStringConvertible, CustomReflectable {
    /// Method and address, without the query, which may be signed.
    public var description: String { "\(method) \(url.prefix { $0 != "?" })" }

    /// The same with the headers' names and the body's size, so that a dump shows no secret.
    public var customMirror: Mirror {
        Mirror(
            self,
            children: ["request": description, "headers": headers, "bodyBytes": body.count])
    }
}
