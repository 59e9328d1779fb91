import Glibc
import Penstock

/// A client of the tests' own: one blocking connection, no retries, nothing hidden.
final class Probe {
    struct Failure: Error { let reason: String }

    struct Answer {
        let status: Int
        let headers: [String: String]
        let body: Value
        let bytes: [UInt8]

        /// The error's name without its namespace; nil for an answer that is none.
        var code: String? {
            body["__type"]?.string?.split(separator: "#").last.map(String.init)
        }
    }

    private let descriptor: Int32
    private let host: String
    private let account: String

    /// Connects to `http://a.b.c.d:port`.
    init(_ endpoint: String, account: String = "000000000000") throws {
        let parts = endpoint.split(separator: "/")[1].split(separator: ":")
        host = String(parts[0])
        self.account = account
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(parts[1])?.bigEndian ?? 0
        inet_pton(AF_INET, host, &address.sin_addr)
        let descriptor = descriptor
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard code == 0 else { throw Failure(reason: "connect: \(errno)") }
    }

    deinit { close(descriptor) }

    /// Asks and waits for the answer.
    @discardableResult
    func call(_ operation: String, _ body: Value) throws -> Answer {
        try call(operation, text: body.json())
    }

    /// Asks with a body that need not be JSON.
    @discardableResult
    func call(_ operation: String, text: [UInt8]) throws -> Answer {
        try send(operation, text)
        return try receive()
    }

    func send(_ operation: String, _ body: [UInt8]) throws {
        let scope = "\(account)/20260101/us-east-1/dynamodb/aws4_request"
        let head = [
            "POST / HTTP/1.1", "Host: \(host)", "Content-Type: application/x-amz-json-1.0",
            "X-Amz-Target: DynamoDB_20120810.\(operation)",
            "Authorization: AWS4-HMAC-SHA256 Credential=\(scope), SignedHeaders=host, Signature=0",
            "Content-Length: \(body.count)", "", "",
        ]
        try send(Array(head.joined(separator: "\r\n").utf8) + body)
    }

    func send(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Failure(reason: "send: \(errno)") }
            sent += count
        }
    }

    func receive() throws -> Answer {
        var received: [UInt8] = []
        var head: [Substring] = []
        while head.isEmpty {
            received += try more()
            let text = String(decoding: received, as: UTF8.self)
            if let end = text.range(of: "\r\n\r\n") {
                head = text[..<end].split(separator: "\r\n")
                received.removeFirst(text[..<end].utf8.count + 4)
            }
        }
        var headers: [String: String] = [:]
        for line in head.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            headers[parts[0].lowercased()] = String(parts[1].drop { $0 == " " })
        }
        let length = Int(headers["content-length"] ?? "") ?? 0
        while received.count < length { received += try more() }
        return Answer(
            status: Int(head[0].split(separator: " ")[1]) ?? 0, headers: headers,
            body: (try? Value(json: received)) ?? .null, bytes: received)
    }

    /// What came; an orderly end and a reset are errors with names of their own.
    private func more() throws -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 65536)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        if count == 0 { throw Failure(reason: "end") }
        if count < 0 { throw Failure(reason: errno == ECONNRESET ? "reset" : "recv: \(errno)") }
        return Array(buffer[..<count])
    }
}

extension String {
    /// Where a text stands, by its end's neighbour: the index of its first character.
    fileprivate func range(of text: String) -> String.Index? {
        var index = startIndex
        while index < endIndex {
            if self[index...].utf8.starts(with: text.utf8) { return index }
            utf8.formIndex(after: &index)
        }
        return nil
    }
}
