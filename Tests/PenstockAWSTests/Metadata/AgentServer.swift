import Foundation
import Synchronization
import TestServers

/// A server on loopback that behaves well or badly, one thread a connection.
final class AgentServer: Sendable {
    enum Reply: Sendable {
        case answer(Int = 200, headers: [String: String] = [:], body: String = "")
        /// These bytes, and then the end of the connection.
        case raw(String)
        /// These bytes, one every 20 milliseconds.
        case drip(String)
        /// Nothing until the other side gives up.
        case silence
    }

    struct Request: Sendable {
        var method: String
        var path: String
        var head: String
    }

    private let server: LoopbackServer
    private let received: Received

    var url: String { "http://127.0.0.1:\(server.port)" }
    var requests: [Request] { received.requests.withLock { $0 } }

    init(_ handler: @escaping @Sendable (Request) -> Reply) throws {
        let received = Received()
        self.received = received
        server = try LoopbackServer { connection in
            var buffer: [UInt8] = []
            guard let message = HTTPMessage(from: connection, &buffer), message.words.count > 1
            else { return }
            let request = Request(
                method: message.words[0], path: message.words[1], head: message.head)
            received.requests.withLock { $0.append(request) }
            Self.give(handler(request), connection)
        }
    }

    /// Ends the server and its threads.
    func stop() { server.stop() }

    private final class Received: Sendable {
        let requests = Mutex<[Request]>([])
    }

    private static func give(_ reply: Reply, _ connection: LoopbackConnection) {
        switch reply {
        case .answer(let status, let headers, let body):
            var head = "HTTP/1.1 \(status) X\r\nContent-Length: \(body.utf8.count)\r\n"
            for (name, value) in headers { head += "\(name): \(value)\r\n" }
            connection.send(head + "Connection: close\r\n\r\n" + body)
        case .raw(let text): connection.send(text)
        case .drip(let text):
            for byte in text {
                guard connection.send(String(byte)) else { return }
                usleep(20_000)
            }
        case .silence: connection.waitForEnd()
        }
    }
}
