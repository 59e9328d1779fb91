public import Penstock
public import PenstockAWS
import PenstockIO

/// Writes the records of topics as items of DynamoDB tables.
///
/// ```swift
/// DynamoDBSink(
///     table: "orders",
///     hashKey: .value("customer.id", as: "customer"),
///     sortKey: .value("placedAt"))
/// ```
///
/// Each record replaces the item of its key. A record's value becomes the item's attributes, a
/// struct's or map's fields one by one and everything else as the attribute `value`; the key's
/// attributes come from wherever the references point. The order of the writes of one key is that
/// of its records. What the options are in a properties file stands in their definitions.
public struct DynamoDBSink: Sendable {
    /// How a table's name is made of a topic's; `table.name.format`.
    public var table = TableNameFormat.topic
    /// What becomes the hash key; `aws.dynamodb.pk.hash`.
    public var hashKey = KeyReference.partition
    /// What becomes the sort key; nil for tables without; `aws.dynamodb.pk.sort`.
    public var sortKey: KeyReference? = KeyReference.offset
    /// What a record without a value does; `behavior.on.null.values`.
    public var nullValues = NullValueBehavior.upsert
    /// Whether missing tables are created, on demand; `dynamodb.table.create`.
    public var createsTables = true
    /// Whether every record is sent at once, alone; `aws.dynamodb.instant.flush`.
    public var sendsAtOnce = false
    /// How long a batch that is not full waits for more; `dynamodb.batch.linger.ms`.
    public var linger = Duration.milliseconds(5)
    /// The most requests in flight in this process; `dynamodb.max.requests.in.flight`.
    public var maximumRequestsInFlight = 64
    /// How long a write is tried before the task ends; nil without end.
    ///
    /// `aws.dynamodb.max.retry.time.seconds`. Confluent's sink gives up after 5 seconds where
    /// nothing is set; nothing transient ends this one.
    public var maximumRetryTime: Duration?
    /// The most parts that a key reference may have behind `key` or `value`; -1 for any number.
    public var maximumKeyDepth: Int64 = -1

    /// The region; nil takes the environment's or the profile's, else `us-east-1`.
    public var region: String?
    /// The address of DynamoDB; nil takes the environment's or the profile's, else the region's.
    public var endpoint: String?
    /// A static access key's id; nil takes AWS's own chain of credentials.
    public var accessKeyID: Secret?
    /// A static access key's secret.
    public var secretAccessKey: Secret?
    /// Where credentials come from, where no access key is set; nil takes AWS's own chain.
    public var credentials: (any CredentialProvider)? {
        // Providers cannot be compared: tasks of a sink that was given another share nothing.
        didSet { sharedCredentials = SharedCredentials() }
    }
    /// The proxy to go through: `http://host:port`, a user and password may be part of it.
    public var proxy: Secret?
    /// The proxy's user.
    public var proxyUser: String?
    /// The proxy's password.
    public var proxyPassword: Secret?
    /// The session token, where the static access key is temporary.
    public var sessionToken: Secret?
    /// The class that names a way to credentials.
    var credentialsClass = CredentialClass.defaultChain.description
    /// Settings for that class.
    var credentialsSettings: [String: String] = [:]
    /// What the tasks of this sink, and of unchanged copies of it, have in common.
    private(set) var sharedCredentials = SharedCredentials()

    /// The Confluent sink's defaults: each topic's table, keyed by partition and offset.
    public init() {}

    /// Writes to one table, or to each topic's own.
    ///
    /// Without keys they are the Confluent sink's: partition and offset. A hash key alone makes
    /// items without a sort key.
    ///
    /// - Parameters:
    ///   - table: The table's name, in which `${topic}` stands for the topic.
    ///   - hashKey: What becomes the hash key.
    ///   - sortKey: What becomes the sort key.
    ///   - region: The region; nil takes the environment's or the profile's, else `us-east-1`.
    ///   - endpoint: The address of DynamoDB; nil for the usual one.
    ///   - credentials: Where credentials come from; nil for AWS's own chain.
    public init(
        table: String = "${topic}", hashKey: KeyReference? = nil, sortKey: KeyReference? = nil,
        region: String? = nil, endpoint: String? = nil,
        credentials: (any CredentialProvider)? = nil
    ) {
        self.table = TableNameFormat(table)
        self.hashKey = hashKey ?? .partition
        self.sortKey = hashKey == nil ? sortKey ?? .offset : sortKey
        self.region = region
        self.endpoint = endpoint
        self.credentials = credentials
    }
}

extension DynamoDBSink: CustomStringConvertible, CustomReflectable {
    /// The table and its key; an address may hold a password and is left out, as are credentials.
    public var description: String {
        let keys = [hashKey.description, sortKey?.description].compactMap(\.self)
        return "DynamoDBSink(table: \(table), key: \(keys.joined(separator: ", ")))"
    }

    /// What ``description`` shows, so that dumping a sink prints no secret.
    public var customMirror: Mirror {
        Mirror(self, children: ["table": table, "hashKey": hashKey, "sortKey": sortKey as Any])
    }
}

extension DynamoDBSink: SinkConnector {
    /// Everything that it does is on the event loop.
    public var neverBlocks: Bool { true }

    /// As many as are allowed, at most one per processor: each keeps many requests in flight.
    public func taskCount(maximum: Int) -> Int {
        max(1, min(maximum, Processors.available))
    }

    /// Makes a task; nothing is sent before its first record.
    ///
    /// - Throws: A fatal ``TaskError`` where region, endpoint or credentials are wrong or missing.
    public func makeTask(_ context: TaskContext) async throws(TaskError) -> any SinkTask {
        try await DynamoDBSinkTask(self, context)
    }
}
