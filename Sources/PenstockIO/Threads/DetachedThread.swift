/// A thread that nobody waits for: for a call that may never come back.
package enum DetachedThread {
    /// Runs `body` on a thread of its own.
    ///
    /// - Returns: Whether there was a thread to run it.
    package static func start(name: String, _ body: @escaping @Sendable () -> Void) -> Bool {
        guard let thread = NamedThread(name: name, body) else { return false }
        thread.detach()
        return true
    }
}
