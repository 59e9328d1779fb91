/// What a server answered: status, headers and body.
public struct HTTPResponse: Sendable {
    /// The status code, 100 to 599.
    public var status: Int
    /// The headers in the order in which they came.
    public var headers: [HTTPHeader]
    /// The body's bytes, exactly as they came over the wire: nothing is decompressed.
    public var body: [UInt8]

    /// Makes a response.
    public init(status: Int, headers: [HTTPHeader] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

extension HTTPResponse: CustomStringConvertible, CustomReflectable {
    /// Status and size: a body may hold credentials.
    public var description: String { "HTTP \(status), \(body.count) bytes" }

    /// The same with the headers' names.
    public var customMirror: Mirror {
        Mirror(self, children: ["response": description, "headers": headers])
    }
}
