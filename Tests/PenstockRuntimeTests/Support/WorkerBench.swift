import Penstock
import PenstockConverters
import PenstockIO
import Testing

@testable import PenstockRuntime

/// A worker between a consumer in memory and a task of the test, on a loop of its own.
///
/// `@unchecked Sendable`: used on its loop.
final class WorkerBench: @unchecked Sendable {
    let loop: EventLoop
    let consumer: MemoryConsumer
    let log = LogRecorder()
    private let stop = StopSignal()
    /// Why the worker ended.
    private(set) var failure: (any Error)?
    private(set) var hasEnded = false

    static let first = TopicPartition(topic: "t", partition: 0)
    static let second = TopicPartition(topic: "t", partition: 1)

    private init(loop: EventLoop) {
        self.loop = loop
        consumer = MemoryConsumer(loop: loop)
    }

    /// Runs a scenario beside a worker, then asks the worker to stop and waits for its end.
    ///
    /// - Throws: What the scenario throws; the worker's own failure is kept.
    static func run(
        _ connector: some SinkConnector,
        configure: @Sendable (inout SinkWorkerSettings) -> Void = { _ in },
        _ body: @escaping @Sendable (WorkerBench) async throws -> Void
    ) async throws {
        let loop = EventLoop(name: "worker-test")
        let result: Result<Void, any Error>
        do {
            try await loop.run {
                let bench = WorkerBench(loop: loop)
                var settings = SinkWorkerSettings(
                    context: TaskContext(connector: "test", log: Log(bench.log)), topics: ["t"])
                settings.commitInterval = .milliseconds(20)
                configure(&settings)
                try await bench.run(connector, settings, body)
            }
            result = .success(())
        } catch { result = .failure(error) }
        await loop.stop()
        try result.get()
    }

    private func run(
        _ connector: some SinkConnector, _ settings: SinkWorkerSettings,
        _ body: @escaping @Sendable (WorkerBench) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.work(connector, settings) }
            do { try await body(self) } catch {
                stop.request()
                throw error
            }
            stop.request()
            try await group.waitForAll()
        }
    }

    private func work(_ connector: some SinkConnector, _ settings: SinkWorkerSettings) async throws
    {
        var json = JSONConverter.Configuration()
        json.hasSchemas = false
        let converters = RecordConverters(
            key: StringConverter(), value: try JSONConverter(json), header: nil)
        do {
            try await SinkWorker.run(
                connector, settings: settings, consumer: consumer, converters: converters,
                stop: stop, loop: loop)
        } catch { failure = error }
        hasEnded = true
    }

    // MARK: What a scenario does

    func assign(_ partitions: TopicPartition...) { consumer.happen(.assigned(partitions)) }

    /// Asks the worker to stop, and waits for its end.
    func stopWorker() async throws {
        stop.request()
        try await expect("the worker ends") { self.hasEnded }
    }

    /// Waits until a condition holds.
    func expect(
        _ comment: Comment, atMost limit: Duration = .seconds(60),
        sourceLocation: SourceLocation = #_sourceLocation, _ condition: () -> Bool
    ) async throws {
        let deadline = ContinuousClock.now + limit
        while !condition() {
            guard ContinuousClock.now < deadline else {
                Issue.record(comment, sourceLocation: sourceLocation)
                throw CancellationError()
            }
            try await loop.sleep(for: .milliseconds(2))
        }
    }

    /// Lets the worker do what it would do.
    func settle(_ duration: Duration = .milliseconds(60)) async throws {
        try await loop.sleep(for: duration)
    }
}
