import Foundation

/// One end of a connection on loopback, with calls that block.
///
/// It is closed by whoever made it.
package struct LoopbackConnection: Sendable {
    private let descriptor: Int32

    init(descriptor: Int32) { self.descriptor = descriptor }

    /// Connects to a port; nil where nobody listens.
    package init?(to port: Int) {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        let descriptor = descriptor
        let isOpen = Self.withAddress(port: port) { connect(descriptor, $0, $1) == 0 }
        guard isOpen else {
            Foundation.close(descriptor)
            return nil
        }
    }

    /// Closes an end that was made with ``init(to:)``.
    package func close() { Foundation.close(descriptor) }

    /// Sends everything; false where the other side is gone.
    @discardableResult
    package func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    /// The same with a text.
    @discardableResult
    package func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    /// Takes what has come; empty at the end.
    package func receive() -> [UInt8] {
        var chunk = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = recv(descriptor, &chunk, chunk.count, 0)
            if count < 0, errno == EINTR { continue }
            return Array(chunk.prefix(max(0, count)))
        }
    }

    /// Reads until the other side ends the connection.
    package func waitForEnd() { while !receive().isEmpty {} }

    static func withAddress<T>(
        port: Int, _ body: (UnsafeMutablePointer<sockaddr>, socklen_t) -> T
    ) -> T {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}
