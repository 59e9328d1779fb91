extension EventLoop {
    /// Calls a function once on the loop after a delay, never before it.
    ///
    /// On the loop's thread only.
    ///
    /// - Parameters:
    ///   - delay: How long from now; a negative one counts as zero.
    ///   - onStop: Called instead of `body` where the loop ends first.
    ///   - body: What to do.
    /// - Returns: The timer, for taking it back.
    @discardableResult
    package func schedule(
        after delay: Duration, onStop: (() -> Void)? = nil, _ body: @escaping () -> Void
    ) -> LoopTimer {
        precondition(isCurrent, "timers are set on the thread of their loop")
        let timer = LoopTimer(
            deadline: .now + delay, heap: core.timers, body: body, onStop: onStop)
        core.timers.insert(timer)
        return timer
    }

    /// Calls a function on the loop whenever the descriptor can be read without blocking.
    ///
    /// It is called again and again until the descriptor has been read or the watch is cancelled.
    /// On the loop's thread only. The descriptor stays the caller's, who closes it after cancelling the watch.
    package func watch(
        _ descriptor: Int32, onReadable: @escaping () -> Void
    ) -> DescriptorWatch {
        precondition(isCurrent, "descriptors are watched on the thread of their loop")
        let watch = DescriptorWatch(descriptor: descriptor, core: core, onReadable: onReadable)
        core.add(watch)
        return watch
    }

    /// Waits on a timer of this loop, whichever executor the caller runs on.
    ///
    /// - Parameter duration: How long; zero or less returns after the jobs that are waiting now.
    /// - Throws: `CancellationError`, at once when the task is cancelled or the loop is stopped.
    public func sleep(for duration: Duration) async throws {
        let sleep = LoopSleep(loop: self)
        let isOver = await withTaskCancellationHandler {
            await withUnsafeContinuation { sleep.begin($0, duration) }
        } onCancel: {
            sleep.cancel()
        }
        guard isOver else { throw CancellationError() }
    }
}
