import Foundation
import Synchronization

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

    let port: UInt16
    private let listener: Int32
    private let received = Mutex<[Request]>([])
    private let handler: @Sendable (Request) -> Reply

    var url: String { "http://127.0.0.1:\(port)" }
    var requests: [Request] { received.withLock { $0 } }

    init(_ handler: @escaping @Sendable (Request) -> Reply) throws {
        self.handler = handler
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        let listener = listener
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && listen(listener, 16) == 0
                    && getsockname(listener, $0, &length) == 0
            }
        }
        guard isListening else { throw POSIXError(.EADDRNOTAVAIL) }
        port = UInt16(bigEndian: address.sin_port)
        Thread.detachNewThread { [self] in
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { break }
                Thread.detachNewThread { [self] in
                    serve(connection)
                    close(connection)
                }
            }
            // Not in `stop`: another server's socket could get the number meanwhile.
            close(listener)
        }
    }

    /// Ends the server and its threads.
    func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

    private func serve(_ connection: Int32) {
        guard let request = read(connection) else { return }
        received.withLock { $0.append(request) }
        switch handler(request) {
        case .answer(let status, let headers, let body):
            var head = "HTTP/1.1 \(status) X\r\nContent-Length: \(body.utf8.count)\r\n"
            for (name, value) in headers { head += "\(name): \(value)\r\n" }
            write(head + "Connection: close\r\n\r\n" + body, connection)
        case .raw(let text): write(text, connection)
        case .drip(let text):
            for byte in text {
                guard write(String(byte), connection) else { return }
                usleep(20_000)
            }
        case .silence:
            var byte: UInt8 = 0
            while recv(connection, &byte, 1, 0) > 0 {}
        }
    }

    private func read(_ connection: Int32) -> Request? {
        var text = ""
        var chunk = [UInt8](repeating: 0, count: 65536)
        while !text.contains("\r\n\r\n") {
            let count = recv(connection, &chunk, chunk.count, 0)
            guard count > 0 else { return nil }
            text += String(decoding: chunk[..<count], as: UTF8.self)
        }
        let words = text.split(separator: " ", maxSplits: 2)
        return Request(method: String(words[0]), path: String(words[1]), head: text)
    }

    /// Returns false where the other side is gone.
    @discardableResult
    private func write(_ text: String, _ connection: Int32) -> Bool {
        let bytes = Array(text.utf8)
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
