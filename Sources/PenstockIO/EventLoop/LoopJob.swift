/// One thing that a loop has to run.
enum LoopJob: Sendable {
    /// A step of a Swift task, until its next suspension.
    case task(UnownedJob)
    /// A function handed over by ``EventLoop/execute(_:)``.
    case callback(@Sendable () -> Void)
    /// A place whose job has been taken out, so that nothing is kept alive by the queue.
    case taken
}

/// What the runtime calls the task of a job; the public `description` would build a string per job.
@_silgen_name("swift_task_getJobTaskId")
func taskIdentifier(of job: UnownedJob) -> UInt64
