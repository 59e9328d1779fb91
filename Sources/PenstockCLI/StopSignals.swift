import Glibc

/// The signals that ask for the end: SIGTERM and SIGINT.
///
/// One thread waits for them, so nothing runs inside a signal handler.
struct StopSignals {
    private static let numbers = [SIGTERM, SIGINT]

    /// Blocks the signals, for the calling thread and all that it starts from now on.
    ///
    /// A signal that comes before ``wait(_:)`` is not lost.
    init() {
        var set = Self.set
        pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    /// Waits for signals as long as the process lives: calls `onFirst` with the first one's name;
    /// the second ends the process at once.
    func wait(_ onFirst: (String) -> Void) -> Never {
        onFirst(next() == SIGTERM ? "SIGTERM" : "SIGINT")
        _exit(128 + next())
    }

    private func next() -> Int32 {
        var set = Self.set
        var number: Int32 = 0
        while sigwait(&set, &number) != 0 {}
        return number
    }

    private static var set: sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for number in numbers { sigaddset(&set, number) }
        return set
    }
}
