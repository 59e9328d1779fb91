import Foundation
import Synchronization

/// A server on loopback that gives prepared replies, one a connection, and keeps what it was sent.
final class ReplyServer: Sendable {
    struct Reply: Sendable {
        var status = 200
        var headers: [String: String] = [:]
        var body = "{}"
    }

    struct Request: Sendable {
        var head: String
        var body: String

        func header(_ name: String) -> String? {
            head.split(separator: "\r\n").lazy
                .first { $0.lowercased().hasPrefix(name.lowercased() + ":") }
                .map { $0.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces) }
        }
    }

    let endpoint: String
    private let listener: Int32
    private let replies: Mutex<[Reply]>
    private let received = Mutex<[Request]>([])

    var requests: [Request] { received.withLock { $0 } }

    /// Gives these replies in order, the last again and again.
    init(_ replies: [Reply]) throws {
        self.replies = Mutex(replies)
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let isListening = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && listen(listener, 16) == 0
                    && getsockname(listener, $0, &length) == 0
            }
        }
        guard isListening else { throw POSIXError(.EADDRNOTAVAIL) }
        endpoint = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))"
        Thread.detachNewThread { [self] in
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { break }
                serve(connection)
                close(connection)
            }
            // Here and not in `stop`: another server's socket could get the number meanwhile, and
            // this thread would take that server's connections.
            close(listener)
        }
    }

    /// Ends the server and its thread.
    func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

    private func serve(_ connection: Int32) {
        guard let request = read(connection) else { return }
        received.withLock { $0.append(request) }
        let reply = replies.withLock { $0.count > 1 ? $0.removeFirst() : $0.first ?? Reply() }
        var head = "HTTP/1.1 \(reply.status) X\r\nContent-Length: \(reply.body.utf8.count)\r\n"
        for (name, value) in reply.headers { head += "\(name): \(value)\r\n" }
        let bytes = Array((head + "Connection: close\r\n\r\n" + reply.body).utf8)
        _ = write(connection, bytes, bytes.count)
    }

    private func read(_ connection: Int32) -> Request? {
        var text = ""
        var chunk = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = recv(connection, &chunk, chunk.count, 0)
            guard count > 0 else { return nil }
            text += String(decoding: chunk[..<count], as: UTF8.self)
            guard let end = text.range(of: "\r\n\r\n") else { continue }
            let request = Request(
                head: String(text[..<end.lowerBound]), body: String(text[end.upperBound...]))
            let length = request.header("Content-Length").flatMap { Int($0) } ?? 0
            if request.body.utf8.count >= length { return request }
        }
    }
}
