package import Penstock

extension KafkaErrorCode {
    /// What the code means where the library says nothing more.
    ///
    /// What is not listed is taken to heal: nothing transient ends a connector.
    package var kind: ErrorKind {
        if Self.dataCodes.contains(rawValue) { return .data }
        if Self.fatalCodes.contains(rawValue) { return .fatal }
        return self == .throttlingQuotaExceeded ? .throttled : .retriable
    }

    /// One record is wrong, its neighbours are not.
    private static let dataCodes: Set<Int32> = [
        10,  // MSG_SIZE_TOO_LARGE
        18,  // RECORD_LIST_TOO_LARGE
        32,  // INVALID_TIMESTAMP
        87,  // INVALID_RECORD
        -162, -161, -160, -159,  // serialization of keys and values
    ]

    /// The configuration, the permissions or the client's identity are wrong, or its state is lost.
    private static let fatalCodes: Set<Int32> = [
        -186,  // INVALID_ARG
        -171,  // UNKNOWN_PROTOCOL
        -170,  // NOT_IMPLEMENTED
        -169,  // AUTHENTICATION
        -165,  // UNSUPPORTED_FEATURE
        -150,  // FATAL
        -149,  // INCONSISTENT
        -148,  // GAPLESS_GUARANTEE
        -145,  // NOT_CONFIGURED
        -144,  // FENCED
        -140,  // AUTO_OFFSET_RESET
        17,  // TOPIC_EXCEPTION: the name is not allowed
        21,  // INVALID_REQUIRED_ACKS
        23,  // INCONSISTENT_GROUP_PROTOCOL
        24,  // INVALID_GROUP_ID
        26,  // INVALID_SESSION_TIMEOUT
        29, 30, 31, 53, 65,  // AUTHORIZATION_FAILED of topic, group, cluster, transaction, token
        33, 34, 54, 58,  // SASL
        35,  // UNSUPPORTED_VERSION
        37, 38, 39, 40, 42, 44,  // a request for a topic that is not possible or not allowed
        43, 76,  // UNSUPPORTED_FOR_MESSAGE_FORMAT, UNSUPPORTED_COMPRESSION_TYPE
        47, 52, 82, 90,  // fenced: producer epoch, coordinator, instance, producer
        49, 50,  // INVALID_PRODUCER_ID_MAPPING, INVALID_TRANSACTION_TIMEOUT
        73,  // TOPIC_DELETION_DISABLED
        81,  // GROUP_MAX_SIZE_REACHED
    ]
}
