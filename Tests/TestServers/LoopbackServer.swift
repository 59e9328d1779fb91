import CPenstockSystem
import Foundation
import Synchronization

/// Accepts connections on loopback and serves each on a thread of its own, until it is stopped.
///
/// Programs that tests start inherit none of its descriptors: the other side of a connection would
/// not see its end while they run.
package final class LoopbackServer: Sendable {
    private struct State {
        /// Nil once it has been closed, since its number may be a stranger's then.
        var listener: Int32?
        /// Those that are open; they are closed under the lock, for the same reason.
        var connections: Set<Int32> = []
        var isStopped = false
    }

    /// The port on 127.0.0.1, chosen by the system.
    package let port: Int
    private let state: Mutex<State>

    /// Starts it; `serve` runs once for each connection, which ends with it.
    package init(_ serve: @escaping @Sendable (LoopbackConnection) -> Void) throws {
        let flags = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        let listener = socket(AF_INET, flags, 0)
        guard listener >= 0, let port = Self.listen(on: listener) else {
            close(listener)
            throw POSIXError(.EADDRNOTAVAIL)
        }
        self.port = port
        state = Mutex(State(listener: listener))
        Thread.detachNewThread { [self] in
            while let connection = accept(on: listener) { start(connection, serve) }
            state.withLock { state in
                state.listener = nil
                close(listener)
            }
        }
    }

    /// Ends the server and its connections.
    package func stop() {
        state.withLock { state in
            state.isStopped = true
            if let listener = state.listener { shutdown(listener, Int32(SHUT_RDWR)) }
            for connection in state.connections { shutdown(connection, Int32(SHUT_RDWR)) }
        }
    }

    private static func listen(on listener: Int32) -> Int? {
        LoopbackConnection.withAddress(port: 0) { address, length in
            var length = length
            guard bind(listener, address, length) == 0, Foundation.listen(listener, 64) == 0,
                getsockname(listener, address, &length) == 0
            else { return nil }
            return address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                Int(UInt16(bigEndian: $0.pointee.sin_port))
            }
        }
    }

    /// The next connection; nil once the server was stopped.
    private func accept(on listener: Int32) -> Int32? {
        while true {
            let connection = accept4(listener, nil, nil, Int32(SOCK_CLOEXEC.rawValue))
            if connection >= 0 { return connection }
            let mayHeal = [EINTR, ECONNABORTED, EMFILE, ENFILE].contains(errno)
            guard mayHeal, !state.withLock(\.isStopped) else { return nil }
            usleep(1000)
        }
    }

    private func start(
        _ connection: Int32, _ serve: @escaping @Sendable (LoopbackConnection) -> Void
    ) {
        let isStopped = state.withLock { state in
            if !state.isStopped { state.connections.insert(connection) }
            return state.isStopped
        }
        guard !isStopped else {
            close(connection)
            return
        }
        Thread.detachNewThread { [self] in
            serve(LoopbackConnection(descriptor: connection))
            state.withLock { state in
                state.connections.remove(connection)
                close(connection)
            }
        }
    }
}
