import Synchronization

extension EventLoop {
    /// Takes a step of a task; called by Swift's runtime.
    ///
    /// A step that comes after the loop's end runs on the global pool, so that a task that outlived
    /// its loop ends instead of hanging.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if !submit(.task(job)) { globalConcurrentExecutor.enqueue(ExecutorJob(job)) }
    }

    /// Runs `body` once on the loop's thread, after what is waiting there already.
    ///
    /// From any thread. Returns false, and drops `body`, where the loop has ended.
    @discardableResult
    package func execute(_ body: @escaping @Sendable () -> Void) -> Bool { submit(.callback(body)) }

    private func submit(_ job: LoopJob) -> Bool {
        if isCurrent {
            core.jobs.append(job)
            return true
        }
        let (isTaken, mustWake) = inbox.withLock { inbox in
            guard inbox.phase != .stopped else { return (false, false) }
            inbox.jobs.append(job)
            defer { inbox.needsWakeUp = false }
            return (true, inbox.needsWakeUp)
        }
        if mustWake { core.multi.wakeUp() }
        return isTaken
    }

    /// Runs `body`, and its child tasks, on this loop's thread and returns what it returns.
    ///
    /// Errors and cancellation pass through unchanged. The caller continues on its own executor.
    @concurrent
    public func run<T: Sendable, Failure: Error>(
        _ body: @Sendable () async throws(Failure) -> T
    ) async throws(Failure) -> T {
        try await withTaskExecutorPreference(self) { () async throws(Failure) -> T in
            let task = nameCurrentTask()
            defer { forgetName(of: task) }
            return try await body()
        }
    }

    private func nameCurrentTask() -> UInt64? {
        guard isCurrent, let name = Task.name else { return nil }
        return core.watchdog.name(core.currentTask, name) ? core.currentTask : nil
    }

    private func forgetName(of task: UInt64?) {
        guard let task, isCurrent else { return }
        core.watchdog.forget(task)
    }

    /// Lets the jobs finish that are waiting, ends every sleep and request that is under way as if
    /// it had been cancelled, ends the thread and waits for its end.
    ///
    /// To be called after the tasks on the loop have ended or been cancelled. May be called again,
    /// and by several callers; each returns after the end. Cancelling the caller has no effect.
    public func stop() async {
        await withUnsafeContinuation { (waiter: UnsafeContinuation<Void, Never>) in
            let (isOver, mustWake) = inbox.withLock { inbox in
                guard inbox.phase != .stopped else { return (true, false) }
                inbox.phase = .stopping
                inbox.stopWaiters.append(waiter)
                defer { inbox.needsWakeUp = false }
                return (false, inbox.needsWakeUp)
            }
            if isOver { waiter.resume() }
            if mustWake { core.multi.wakeUp() }
        }
        // One caller joins; the thread has nothing left to do but to return.
        inbox.withLock { inbox in
            defer { inbox.thread = nil }
            return inbox.thread
        }?.join()
    }
}
