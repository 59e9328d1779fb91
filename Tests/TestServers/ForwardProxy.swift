import Foundation
import Synchronization

/// A real HTTP proxy that forwards plain requests, may ask for a user, and notes what it is asked.
///
/// Names of hosts are its own: what it has no way to is answered with 502. It begins a tunnel, takes
/// what comes first through it, and ends it: nothing here speaks TLS.
package final class ForwardProxy: Sendable {
    /// What somebody asked of it.
    package struct Request: Hashable, Sendable {
        package var method: String
        package var host: String
        /// Whether it was passed on, or the tunnel begun.
        package var isPassed: Bool

        package init(method: String, host: String, isPassed: Bool) {
            self.method = method
            self.host = host
            self.isPassed = isPassed
        }
    }

    private let server: LoopbackServer
    private let desk: Desk

    /// The requests so far, one for each tunnel.
    package var requests: [Request] { desk.requests.withLock { $0 } }
    /// What came first through each tunnel.
    package var tunnelled: [[UInt8]] { desk.tunnelled.withLock { $0 } }
    package var port: Int { server.port }
    /// Its address without a user.
    package var url: String { "http://127.0.0.1:\(port)" }

    /// Starts it for `user:password`, or for everybody.
    ///
    /// - Parameters:
    ///   - login: Who may use it.
    ///   - routes: The ports of this machine where hosts are reached, by their names.
    /// - Throws: A `POSIXError` where the system has no port for it.
    package init(login: String? = nil, routes: [String: Int]) throws {
        let header = login.map { "Basic " + Data($0.utf8).base64EncodedString() }
        let desk = Desk(header: header, routes: routes)
        self.desk = desk
        server = try LoopbackServer { connection in
            var buffer: [UInt8] = []
            while let request = HTTPMessage(from: connection, &buffer) {
                guard desk.serve(request, of: connection) else { return }
            }
        }
    }

    /// Ends the proxy and its connections.
    package func stop() { server.stop() }

    /// What the proxy's threads share with its owner.
    private final class Desk: Sendable {
        let requests = Mutex<[Request]>([])
        let tunnelled = Mutex<[[UInt8]]>([])
        private let header: String?
        private let routes: [String: Int]

        init(header: String?, routes: [String: Int]) {
            self.header = header
            self.routes = routes
        }

        /// Returns whether the connection stays open.
        func serve(_ request: HTTPMessage, of connection: LoopbackConnection) -> Bool {
            guard request.words.count == 3, let target = Target(request.words[1]) else {
                return false
            }
            let isKnown = header == nil || request["proxy-authorization"] == header
            let route = isKnown ? routes[target.host] : nil
            requests.withLock {
                $0.append(
                    Request(
                        method: request.words[0], host: target.host, isPassed: route != nil))
            }
            guard let route else {
                connection.send(
                    "HTTP/1.1 \(isKnown ? "502 No way" : "407 Who")\r\n"
                        + "Proxy-Authenticate: Basic realm=\"test\"\r\n"
                        + "Content-Length: 0\r\nConnection: close\r\n\r\n")
                return false
            }
            guard request.words[0] == "CONNECT" else {
                return forward(request, to: target.path, at: route, connection)
            }
            connection.send("HTTP/1.1 200 Connection established\r\n\r\n")
            let bytes = connection.receive()
            tunnelled.withLock { $0.append(bytes) }
            return false
        }

        private func forward(
            _ request: HTTPMessage, to path: String, at port: Int, _ connection: LoopbackConnection
        ) -> Bool {
            guard let upstream = LoopbackConnection(to: port) else { return false }
            defer { upstream.close() }
            var head = "\(request.words[0]) \(path) HTTP/1.1\r\n"
            for (name, value) in request.headers where !name.hasPrefix("proxy-") {
                head += "\(name): \(value)\r\n"
            }
            upstream.send(Array((head + "\r\n").utf8) + request.body)
            var buffer: [UInt8] = []
            guard let answer = HTTPMessage(from: upstream, &buffer) else { return false }
            return connection.send(Array(answer.head.utf8) + answer.body)
        }
    }

    /// Host and path of `host:port`, or of a whole address.
    private struct Target {
        var host: String
        var path: String

        init?(_ text: String) {
            guard let url = URL(string: text.hasPrefix("http") ? text : "connect://" + text),
                let host = url.host()
            else { return nil }
            self.host = host
            path = url.path().isEmpty ? "/" : url.path()
        }
    }
}
