/// What the server answers: a status and a JSON body.
struct Reply {
    var status: Int
    var body: [UInt8]
    var spoilsChecksum = false

    init(status: Int = 200, body: [UInt8]) {
        self.status = status
        self.body = body
    }

    init(_ failure: ServiceFailure) {
        self.init(status: failure.status, body: failure.json)
    }

    /// The whole message with its head, as it goes over the wire.
    func message(requestID: String) -> [UInt8] {
        let checksum = CRC32.checksum(body) ^ (spoilsChecksum ? 1 : 0)
        let head = """
            HTTP/1.1 \(status) \(Self.reason(status))\r
            Server: Server\r
            Content-Type: application/x-amz-json-1.0\r
            Content-Length: \(body.count)\r
            Connection: keep-alive\r
            x-amzn-RequestId: \(requestID)\r
            x-amz-crc32: \(checksum)\r
            \r

            """
        var message = Array(head.utf8)
        message.append(contentsOf: body)
        return message
    }

    private static func reason(_ status: Int) -> String {
        switch status {
        case 200: "OK"
        case 400: "Bad Request"
        case 404: "Not Found"
        case 411: "Length Required"
        case 413: "Request Entity Too Large"
        case 500: "Internal Server Error"
        case 503: "Service Unavailable"
        default: "Status"
        }
    }
}
