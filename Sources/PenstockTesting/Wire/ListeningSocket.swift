import CPenstockSystem
import Glibc

/// A TCP socket that listens on the loopback address, on a port that the system chose.
struct ListeningSocket: ~Copyable {
    private let descriptor: Int32
    /// The port.
    let port: UInt16

    init() throws(ScriptedDynamoDBError) {
        // No program that the process starts meanwhile is to inherit it.
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw ScriptedDynamoDBError(systemCode: errno) }
        do throws(ScriptedDynamoDBError) {
            port = try Self.listen(descriptor)
        } catch {
            close(descriptor)
            throw error
        }
    }

    deinit { close(descriptor) }

    /// Waits for the next connection; `nil` once the socket was shut down.
    func accept() -> Int32? {
        while true {
            let connection = accept4(descriptor, nil, nil, Int32(SOCK_CLOEXEC.rawValue))
            if connection >= 0 { return connection }
            // A client that gave up while it waited, or too many open files for the moment.
            guard errno == EINTR || errno == ECONNABORTED || errno == EMFILE else { return nil }
        }
    }

    /// Wakes whoever waits in ``accept()``.
    func shutDown() { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }

    private static func listen(_ descriptor: Int32) throws(ScriptedDynamoDBError) -> UInt16 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor, pointer, length) == 0 && Glibc.listen(descriptor, 1024) == 0
                    && getsockname(descriptor, pointer, &length) == 0
            }
        }
        guard code else { throw ScriptedDynamoDBError(systemCode: errno) }
        return UInt16(bigEndian: address.sin_port)
    }
}
