/// A sink made of a task of one's own.
///
/// ```swift
/// ConnectorRunner(
///     name: "audit", connector: Sink { Audit() },
///     topics: ["orders"], kafka: ["bootstrap.servers": "localhost:9092"])
/// ```
public struct Sink: SinkConnector {
    /// Whether its tasks never block their thread.
    public let neverBlocks: Bool
    private let make: @Sendable (TaskContext) async throws(TaskError) -> any SinkTask

    /// Makes a sink whose tasks a closure makes.
    ///
    /// - Parameters:
    ///   - neverBlocks: Whether the task never blocks its thread; see
    ///     ``SinkConnector/neverBlocks``.
    ///   - makeTask: Makes a task; called once per task.
    public init(
        neverBlocks: Bool = false, makeTask: @escaping @Sendable () -> some SinkTask
    ) {
        self.neverBlocks = neverBlocks
        make = { _ throws(TaskError) in makeTask() }
    }

    /// Makes a sink whose tasks a closure makes of their context.
    public init(
        neverBlocks: Bool = false,
        makeTask: @escaping @Sendable (TaskContext) async throws(TaskError) -> some SinkTask
    ) {
        self.neverBlocks = neverBlocks
        make = { context throws(TaskError) in try await makeTask(context) }
    }

    /// Makes one task.
    public func makeTask(_ context: TaskContext) async throws(TaskError) -> any SinkTask {
        try await make(context)
    }
}
