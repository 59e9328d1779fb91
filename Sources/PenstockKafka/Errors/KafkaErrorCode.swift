import CPenstockRDKafka

/// What went wrong, by Kafka's and librdkafka's numbers.
///
/// Numbers above zero are the Kafka protocol's, those below -1 are librdkafka's own. The set is
/// open: a newer library or broker may bring others.
public struct KafkaErrorCode: RawRepresentable, Hashable, Sendable {
    /// The number.
    public let rawValue: Int32

    /// Takes a number.
    public init(rawValue: Int32) { self.rawValue = rawValue }

    init(_ code: rd_kafka_resp_err_t) { rawValue = code.rawValue }

    /// The library's name for it, such as `TOPIC_AUTHORIZATION_FAILED`.
    public var name: String { String(cString: rd_kafka_err2name(libraryCode)) }

    /// The library's sentence about it.
    var sentence: String { String(cString: rd_kafka_err2str(libraryCode)) }

    private var libraryCode: rd_kafka_resp_err_t { rd_kafka_resp_err_t(rawValue: rawValue) }
}

extension KafkaErrorCode {
    /// A connection could not be encrypted, or the broker's certificate is not trusted.
    public static let encryption = Self(rawValue: -181)
    /// The connection was lost or refused.
    public static let transport = Self(rawValue: -195)
    /// A name could not be resolved.
    public static let resolve = Self(rawValue: -193)
    /// The record was not delivered in time.
    public static let messageTimedOut = Self(rawValue: -192)
    /// The client knows no such partition.
    public static let unknownPartition = Self(rawValue: -190)
    /// The client knows no such topic.
    public static let unknownTopic = Self(rawValue: -188)
    /// No broker can be reached.
    public static let allBrokersDown = Self(rawValue: -187)
    /// An argument or a setting is wrong.
    public static let invalidArgument = Self(rawValue: -186)
    /// No answer came in time.
    public static let timedOut = Self(rawValue: -185)
    /// The producer's queue is full.
    public static let queueFull = Self(rawValue: -184)
    /// The client is being closed.
    public static let destroyed = Self(rawValue: -197)
    /// The client is in a state in which this is not possible.
    public static let wrongState = Self(rawValue: -172)
    /// Logging in failed.
    public static let authentication = Self(rawValue: -169)
    /// There was no offset to commit.
    public static let noOffset = Self(rawValue: -168)
    /// The record was given up before it was sent.
    public static let purgedInQueue = Self(rawValue: -152)
    /// The record was given up while it was on its way; it may have arrived.
    public static let purgedInFlight = Self(rawValue: -151)
    /// The producer cannot go on; ``KafkaError`` then carries the cause's code instead.
    public static let fatal = Self(rawValue: -150)
    /// The program did not poll for `max.poll.interval.ms` and has left its group.
    public static let pollIntervalExceeded = Self(rawValue: -147)
    /// Another instance with the same identity took over.
    public static let fenced = Self(rawValue: -144)
    /// The partitions went to another member without being revoked first.
    public static let assignmentLost = Self(rawValue: -142)
    /// There is no offset to begin at, and `auto.offset.reset` does not choose one.
    public static let noOffsetReset = Self(rawValue: -140)

    /// The broker knows no such topic or partition.
    public static let unknownTopicOrPartition = Self(rawValue: 3)
    /// The record is larger than the broker takes.
    public static let messageTooLarge = Self(rawValue: 10)
    /// The topic's name is not allowed.
    public static let invalidTopic = Self(rawValue: 17)
    /// The group has moved on to another generation.
    public static let illegalGeneration = Self(rawValue: 22)
    /// The group knows no such member.
    public static let unknownMember = Self(rawValue: 25)
    /// The group is being rebalanced.
    public static let rebalanceInProgress = Self(rawValue: 27)
    /// The topic may not be used.
    public static let topicAuthorizationFailed = Self(rawValue: 29)
    /// The group may not be used.
    public static let groupAuthorizationFailed = Self(rawValue: 30)
    /// The cluster may not be used.
    public static let clusterAuthorizationFailed = Self(rawValue: 31)
    /// The topic exists already.
    public static let topicAlreadyExists = Self(rawValue: 36)
    /// The broker does not accept the record.
    public static let invalidRecord = Self(rawValue: 87)
    /// The broker asks for less.
    public static let throttlingQuotaExceeded = Self(rawValue: 89)
}
