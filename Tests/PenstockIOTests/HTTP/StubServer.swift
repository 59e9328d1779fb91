import CPenstockSystem
import Glibc

@testable import PenstockIO

/// A server on loopback that answers as a test says, over plain sockets, one thread a connection.
final class StubServer: Sendable {
    struct Request: Sendable {
        var method = ""
        var path = ""
        var headers: [HTTPHeader] = []
        var body: [UInt8] = []
        /// The number of the connection, from 1, and of the request on it.
        var connection = 0
        var number = 0
    }

    indirect enum Reply: Sendable {
        case answer(Int = 200, headers: [HTTPHeader] = [], body: [UInt8] = [])
        case chunked([[UInt8]])
        /// These bytes, and then the end of the connection.
        case raw(String)
        /// These bytes, and then nothing more until the other side closes.
        case stall(after: String)
        case delayed(Duration, Reply)
        case close
        case reset
    }

    private struct State {
        var requests: [Request] = []
        var connections = 0
        var open: Set<Int32> = []
        var mostOpen = 0
        var threads: [NamedThread] = []
    }

    let port: Int
    private let listener: Int32
    private let state = Locked(State())
    private let handler: @Sendable (Request) -> Reply

    var url: String { "http://127.0.0.1:\(port)/" }
    var requests: [Request] { state.withLock { $0.requests } }
    var connectionCount: Int { state.withLock { $0.connections } }
    var openConnections: Int { state.withLock { $0.open.count } }
    var mostOpenConnections: Int { state.withLock { $0.mostOpen } }

    init(_ handler: @escaping @Sendable (Request) -> Reply) {
        self.handler = handler
        listener = Self.makeSocket()
        port = Self.listen(on: listener)
        start { server in
            while true {
                let connection = accept4(
                    server.listener, nil, nil, Int32(SOCK_CLOEXEC.rawValue))
                guard connection >= 0 else { return }
                server.serve(connection)
            }
        }
    }

    /// A socket that no program inherits: one that a test starts would keep connections open.
    static func makeSocket() -> Int32 {
        socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    }

    static func listen(on listener: Int32) -> Int {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        return withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                precondition(bind(listener, $0, length) == 0 && Glibc.listen(listener, 64) == 0)
                getsockname(listener, $0, &length)
            }
            return Int(UInt16(bigEndian: $0.pointee.sin_port))
        }
    }

    /// Closes everything and waits for the threads.
    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        while let thread = state.withLock({ state in
            for connection in state.open { shutdown(connection, Int32(SHUT_RDWR)) }
            return state.threads.popLast()
        }) {
            thread.join()
        }
        close(listener)
    }

    private func start(_ body: @escaping @Sendable (StubServer) -> Void) {
        guard let thread = NamedThread(name: "stub", { body(self) }) else { return }
        state.withLock { $0.threads.append(thread) }
    }

    private func serve(_ connection: Int32) {
        let number = state.withLock { state in
            state.connections += 1
            state.open.insert(connection)
            state.mostOpen = max(state.mostOpen, state.open.count)
            return state.connections
        }
        start { server in
            var buffer: [UInt8] = []
            var count = 0
            while var request = Self.read(from: connection, &buffer) {
                count += 1
                (request.connection, request.number) = (number, count)
                let complete = request
                server.state.withLock { $0.requests.append(complete) }
                guard Self.reply(server.handler(request), connection) else { break }
            }
            server.state.withLock { _ = $0.open.remove(connection) }
            close(connection)
        }
    }

    // MARK: Reading and writing

    private static func read(from connection: Int32, _ buffer: inout [UInt8]) -> Request? {
        while true {
            if let end = headEnd(in: buffer), let request = parse(&buffer, headEnd: end) {
                return request
            }
            var chunk = [UInt8](repeating: 0, count: 65536)
            let count = recv(connection, &chunk, chunk.count, 0)
            // A TLS handshake begins with 22, and nothing here understands it.
            guard count > 0, chunk[0] != 22 || !buffer.isEmpty else { return nil }
            buffer += chunk.prefix(count)
        }
    }

    private static func headEnd(in buffer: [UInt8]) -> Int? {
        guard buffer.count >= 4 else { return nil }
        return (0...(buffer.count - 4)).first {
            buffer[$0..<($0 + 4)].elementsEqual("\r\n\r\n".utf8)
        }
    }

    private static func parse(_ buffer: inout [UInt8], headEnd: Int) -> Request? {
        let lines = String(decoding: buffer[..<headEnd], as: UTF8.self).split(separator: "\r\n")
        let words = lines[0].split(separator: " ")
        var request = Request(method: String(words[0]), path: String(words[1]))
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts[1].first == " " ? parts[1].dropFirst() : parts[1]
            request.headers.append(HTTPHeader(String(parts[0]), String(value)))
        }
        let length = request.headers["content-length"].flatMap { Int($0) } ?? 0
        guard buffer.count >= headEnd + 4 + length else { return nil }
        request.body = Array(buffer[(headEnd + 4)..<(headEnd + 4 + length)])
        buffer.removeFirst(headEnd + 4 + length)
        return request
    }

    /// Returns whether the connection stays open.
    private static func reply(_ reply: Reply, _ connection: Int32) -> Bool {
        switch reply {
        case .answer(let status, let headers, let body):
            var head = "HTTP/1.1 \(status) Something\r\n"
            for header in headers { head += "\(header.name): \(header.value)\r\n" }
            head += "Content-Length: \(body.count)\r\n\r\n"
            return write(Array(head.utf8) + body, connection)
        case .chunked(let chunks):
            var bytes = Array("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".utf8)
            for chunk in chunks + [[]] {
                bytes += Array("\(String(chunk.count, radix: 16))\r\n".utf8) + chunk + [13, 10]
            }
            return write(bytes, connection)
        case .raw(let text):
            _ = write(Array(text.utf8), connection)
            return false
        case .stall(let text):
            _ = write(Array(text.utf8), connection)
            var byte: UInt8 = 0
            while recv(connection, &byte, 1, 0) > 0 {}
            return false
        case .delayed(let delay, let reply):
            usleep(UInt32(delay.clampedNanoseconds / 1000))
            return Self.reply(reply, connection)
        case .close:
            return false
        case .reset:
            var option = linger(l_onoff: 1, l_linger: 0)
            setsockopt(
                connection, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
            return false
        }
    }

    private static func write(_ bytes: [UInt8], _ connection: Int32) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }
}

/// Runs `body` with a server of its own, and stops it.
func withServer(
    _ handler: @escaping @Sendable (StubServer.Request) -> StubServer.Reply,
    _ body: (StubServer) async throws -> Void
) async throws {
    let server = StubServer(handler)
    defer { server.stop() }
    try await body(server)
}
