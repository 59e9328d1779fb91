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
