/// What other threads hand to a loop; behind a lock.
struct LoopInbox: Sendable {
    enum Phase { case running, stopping, stopped }

    var jobs: [LoopJob] = []
    var phase = Phase.running
    /// The loop is about to wait, or waits, and nobody has woken it yet.
    var needsWakeUp = false
    var thread: NamedThread?
    var stopWaiters: [UnsafeContinuation<Void, Never>] = []
}
