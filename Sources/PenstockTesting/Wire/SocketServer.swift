import Glibc
import Synchronization

/// Accepts connections on loopback and serves each on a thread of its own.
///
/// There are as many threads as connections, which the clients under test bound.
final class SocketServer: Sendable {
    /// The port on 127.0.0.1.
    let port: UInt16
    /// Given when the server ends.
    let stop: StopSignal

    private let listener: ListeningSocket
    private let state = Mutex(State())

    private struct State {
        var acceptor: ServerThread?
        var threads: [Int32: ServerThread] = [:]
        var finished: [ServerThread] = []
        var isStopping = false
    }

    /// Opens the port; connections wait until ``start(_:)``.
    init() throws(ScriptedDynamoDBError) {
        guard let stop = StopSignal() else { throw ScriptedDynamoDBError(systemCode: errno) }
        self.stop = stop
        listener = try ListeningSocket()
        port = listener.port
    }

    /// Begins to accept; `serve` runs on a thread per connection until the connection ends.
    func start(
        _ serve: @escaping @Sendable (inout HTTPConnection) -> Void
    ) throws(ScriptedDynamoDBError) {
        let acceptor = ServerThread { [self] in
            while let descriptor = listener.accept() { open(descriptor, serve) }
        }
        guard let acceptor else { throw ScriptedDynamoDBError(systemCode: EAGAIN) }
        state.withLock { $0.acceptor = acceptor }
    }

    /// Ends every connection and joins every thread; to be called exactly once.
    func end() {
        stop.give()
        let acceptor = state.withLock { state in
            state.isStopping = true
            // A descriptor is closed under this lock only, so none here can be a stranger's.
            for descriptor in state.threads.keys { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }
            return state.acceptor.take()
        }
        listener.shutDown()
        acceptor?.join()
        while let thread = anyThread() { thread.join() }
    }

    private func anyThread() -> ServerThread? {
        state.withLock { state in
            if let thread = state.finished.popLast() { return thread }
            // One that still runs keeps its descriptor until its end: only the handle is taken.
            guard let descriptor = state.threads.keys.first else { return nil }
            return state.threads.removeValue(forKey: descriptor)
        }
    }

    private func open(
        _ descriptor: Int32, _ serve: @escaping @Sendable (inout HTTPConnection) -> Void
    ) {
        var on: Int32 = 1
        let size = socklen_t(MemoryLayout<Int32>.size)
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, size)
        let done: [ServerThread] = state.withLock { state in
            let thread =
                state.isStopping
                ? nil
                : ServerThread { [self] in
                    var connection = HTTPConnection(descriptor: descriptor)
                    serve(&connection)
                    close(connection)
                }
            if let thread { state.threads[descriptor] = thread } else { Glibc.close(descriptor) }
            defer { state.finished = [] }
            return state.finished
        }
        for thread in done { thread.join() }
    }

    private func close(_ connection: borrowing HTTPConnection) {
        let descriptor = connection.descriptor
        state.withLock { state in
            connection.close()
            // Gone where `end()` has taken the handle and joins it.
            if let thread = state.threads.removeValue(forKey: descriptor) {
                state.finished.append(thread)
            }
        }
    }
}
