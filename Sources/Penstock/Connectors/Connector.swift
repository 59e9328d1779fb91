/// One end that records come from or go to: makes the tasks that a runner drives.
///
/// A connector is a value with its configuration; nothing is opened before a task is made.
public protocol Connector: Sendable {
    /// How many tasks it wants.
    ///
    /// - Parameter maximum: The most that `tasks.max` allows.
    /// - Returns: A number from 1 to `maximum`.
    func taskCount(maximum: Int) -> Int
}

/// A connector that takes records from Kafka.
public protocol SinkConnector: Connector {
    /// Whether its tasks never block their thread.
    ///
    /// They then run on the worker's own event loop, which serves Kafka too: a task that held it
    /// would hold up everything. All others run on the global pool.
    var neverBlocks: Bool { get }

    /// Makes one task.
    ///
    /// - Throws: A ``TaskError``: fatal where starting again cannot help.
    func makeTask(_ context: TaskContext) async throws(TaskError) -> any SinkTask
}

extension SinkConnector {
    /// Assumes that its tasks may block.
    public var neverBlocks: Bool { false }

    /// As many as are allowed.
    public func taskCount(maximum: Int) -> Int { maximum }
}

/// A connector that can be made from a properties file, where `connector.class` selects it.
public protocol ConfigurableConnector: Connector, Configurable {
    /// The names of its class: the full ones, the preferred one first.
    static var classNames: [String] { get }
}

/// What a connector is told when it makes a task.
public struct TaskContext: Sendable {
    /// The connector's name.
    public let connector: String
    /// The task's number, from 0.
    public let task: Int
    /// How many tasks of the connector this process runs: what is limited per process is divided
    /// by it.
    public let taskCount: Int
    /// Where to log; its lines name connector and task.
    public let log: Log

    /// Makes a context, as a test of a task needs it.
    public init(connector: String, task: Int = 0, taskCount: Int = 1, log: Log = .disabled) {
        self.connector = connector
        self.task = task
        self.taskCount = taskCount
        self.log = log
    }
}
