import PenstockKafka
import Testing

/// What a test needs of the outside; the comment is what the list of skipped tests says.
extension Trait where Self == ConditionTrait {
    /// The test talks to a broker, whichever it is.
    static var needsKafka: Self {
        .enabled(if: Servers.kafkaBootstrap != nil, "PENSTOCK_KAFKA_BOOTSTRAP names no broker")
    }

    /// The test needs what only an Apache Kafka does.
    static var needsApacheKafka: Self {
        .enabled(
            if: Servers.kafkaBootstrap != nil && Servers.kafkaIsApache,
            "the broker is no Apache Kafka; KAFKA_HOME names none")
    }

    /// The test needs the listeners of an Apache Kafka that ask for TLS, a certificate or a login, and
    /// the programs that make stores for them.
    static var needsSecuredKafka: Self {
        .enabled(
            if: SecuredBroker.isWhole && Servers.kafkaBootstrap != nil && ClientStores.canBeMade,
            """
            no listeners of an Apache Kafka for TLS and logins (PENSTOCK_KAFKA_TLS_BOOTSTRAP and \
            the like), or no keytool and openssl
            """)
    }

    /// The test logs in by SCRAM on the librdkafka that is linked.
    static var needsWholeSCRAM: Self {
        .enabled(
            if: LibraryProperties.linked.version >= LibraryVersion(2, 6, 1),
            """
            librdkafka \(LibraryProperties.linked.version) cannot log in by SCRAM to Kafka 3.8.1 or \
            later
            """)
    }

    /// The test stops and starts a broker of its own.
    static var needsKafkaHome: Self {
        .enabled(if: Servers.kafkaHome != nil, "KAFKA_HOME names no Apache Kafka")
    }

    /// The test runs the command in a process of its own.
    static var needsCommand: Self {
        .disabled(
            if: Servers.isUnderThreadSanitizer,
            "the command does not tell the thread sanitizer of librdkafka's threads, as the tests do"
        )
    }

    /// The test talks to a DynamoDB-compatible server.
    static var needsDynamoDB: Self {
        .enabled(if: Servers.dynamoDBEndpoint != nil, "PENSTOCK_DYNAMODB_ENDPOINT names no server")
    }

    /// The test needs a DynamoDB-compatible server that checks signatures.
    static var needsDynamoDBAuth: Self {
        .enabled(
            if: Servers.dynamoDBAuthEndpoint != nil,
            "PENSTOCK_DYNAMODB_AUTH_ENDPOINT names no server")
    }

    /// The test asks an independent client.
    static var needsPython: Self {
        .enabled(if: Servers.python != nil, "PENSTOCK_PYTHON names no Python with the witnesses")
    }

    /// The test runs a program on a newer librdkafka than the one it was linked to.
    static var needsNewerLibrdkafka: Self {
        .enabled(
            if: Servers.newerLibrdkafka != nil,
            "PENSTOCK_LIBRDKAFKA_NEW names no folder with a librdkafka.so.1")
    }
}
