import Penstock

/// Filled below.
final class DynamoDBSinkTask: SinkTask {
    init(_ sink: DynamoDBSink, _ context: TaskContext) async throws(TaskError) {}
    func write(_ batch: SinkBatch) async throws(TaskError) {}
}
