import CPenstockCurl
import Glibc

/// A joinable thread of the operating system, with a name that tools show.
///
/// Signals from outside are blocked on it: they belong to the thread that the program chose for
/// them, and a write to a closed TLS connection must not end the process by SIGPIPE. Those that a
/// fault of its own raises are not, since a crash would leave no backtrace otherwise. A child
/// process started from such a thread inherits that mask unless it is reset.
struct NamedThread: Sendable {
    private let handle: pthread_t

    /// Starts a thread that runs `body` once; `nil` where the system has no thread to give.
    init?(name: String, _ body: @escaping @Sendable () -> Void) {
        let start = Unmanaged.passRetained(Start(name: name, body: body))
        var handle = pthread_t()
        let code = Self.withSignalsBlocked {
            pthread_create(
                &handle, nil,
                { argument in
                    guard let argument else { return nil }
                    let start = Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
                    NamedThread.nameCurrent(start.name)
                    start.body()
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

    /// Lets the thread end by itself; to be called exactly once, in the place of ``join()``.
    func detach() { pthread_detach(handle) }

    /// The system shows 15 bytes of a thread's name and refuses longer ones.
    private static func nameCurrent(_ name: String) {
        _ = penstock_name_current_thread(String(decoding: name.utf8.prefix(15), as: UTF8.self))
    }

    private static let faults = [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT, SIGSYS]

    /// A new thread inherits the mask of its creator, so no signal can slip in before its own code.
    private static func withSignalsBlocked(_ body: () -> Int32) -> Int32 {
        var all = sigset_t()
        var previous = sigset_t()
        sigfillset(&all)
        for fault in faults { sigdelset(&all, fault) }
        pthread_sigmask(SIG_SETMASK, &all, &previous)
        defer { pthread_sigmask(SIG_SETMASK, &previous, nil) }
        return body()
    }

    private final class Start: Sendable {
        let name: String
        let body: @Sendable () -> Void

        init(name: String, body: @escaping @Sendable () -> Void) {
            self.name = name
            self.body = body
        }
    }
}
