import Foundation
import Synchronization
import TestServers

/// A server on loopback that gives prepared replies, one a connection, and keeps what it was sent.
final class ReplyServer: Sendable {
    struct Reply: Sendable {
        var status = 200
        var headers: [String: String] = [:]
        var body = "{}"
    }

    struct Request: Sendable {
        var headers: [String: String]
        var body: String

        func header(_ name: String) -> String? { headers[name.lowercased()] }
    }

    let endpoint: String
    private let server: LoopbackServer
    private let log: Log

    var requests: [Request] { log.requests.withLock { $0 } }

    /// Gives these replies in order, the last again and again.
    init(_ replies: [Reply]) throws {
        let log = Log(replies)
        self.log = log
        server = try LoopbackServer { connection in
            var buffer: [UInt8] = []
            guard let message = HTTPMessage(from: connection, &buffer) else { return }
            let headers = Dictionary(message.headers.map { ($0.name, $0.value) }) { old, _ in old }
            let reply = log.reply(to: Request(headers: headers, body: message.text))
            var head = "HTTP/1.1 \(reply.status) X\r\nContent-Length: \(reply.body.utf8.count)\r\n"
            for (name, value) in reply.headers { head += "\(name): \(value)\r\n" }
            connection.send(head + "Connection: close\r\n\r\n" + reply.body)
        }
        endpoint = "http://127.0.0.1:\(server.port)"
    }

    /// Ends the server and its threads.
    func stop() { server.stop() }

    private final class Log: Sendable {
        let requests = Mutex<[Request]>([])
        private let replies: Mutex<[Reply]>

        init(_ replies: [Reply]) { self.replies = Mutex(replies) }

        func reply(to request: Request) -> Reply {
            requests.withLock { $0.append(request) }
            return replies.withLock { $0.count > 1 ? $0.removeFirst() : $0.first ?? Reply() }
        }
    }
}
