import Glibc

/// A joinable thread of the operating system, on which a server may block as it likes.
///
/// Every signal is blocked on it: signals belong to the thread that the tests' program chose.
struct ServerThread: Sendable {
    private let handle: pthread_t

    /// Starts a thread that runs `body` once; `nil` where the system has no thread to give.
    init?(_ body: @escaping @Sendable () -> Void) {
        let start = Unmanaged.passRetained(Start(body))
        var handle = pthread_t()
        let code = Self.withSignalsBlocked {
            pthread_create(
                &handle, nil,
                { argument in
                    guard let argument else { return nil }
                    Unmanaged<Start>.fromOpaque(argument).takeRetainedValue().body()
                    return nil
                }, start.toOpaque())
        }
        guard code == 0 else {
            start.release()
            return nil
        }
        self.handle = handle
    }

    /// Waits for the thread's end; to be called exactly once.
    func join() {
        let code = pthread_join(handle, nil)
        precondition(code == 0, "a thread is joined once, and by another thread")
    }

    private static func withSignalsBlocked(_ body: () -> Int32) -> Int32 {
        var all = sigset_t()
        var previous = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_SETMASK, &all, &previous)
        defer { pthread_sigmask(SIG_SETMASK, &previous, nil) }
        return body()
    }

    private final class Start: Sendable {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
}
