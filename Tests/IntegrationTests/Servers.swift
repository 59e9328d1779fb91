import FoundationEssentials
import Glibc

/// The servers that the environment names.
///
/// `Scripts/test` starts them and sets the variables; without them
/// `swift test` works as well and says what it skipped.
enum Servers {
    /// The broker's address, as `bootstrap.servers` takes it.
    static let kafkaBootstrap = variable("PENSTOCK_KAFKA_BOOTSTRAP")

    /// Whether the broker is an Apache Kafka rather than the small embedded one, which never
    /// evicts a crashed member and knows no cooperative rebalance.
    static let kafkaIsApache = variable("PENSTOCK_KAFKA_KIND") == "kafka"

    /// A DynamoDB-compatible server that believes every signature.
    ///
    /// A 12-digit access key is its account: tests that run side by side use different ones.
    static let dynamoDBEndpoint = variable("PENSTOCK_DYNAMODB_ENDPOINT")

    /// One that checks signatures and permissions.
    static let dynamoDBAuthEndpoint = variable("PENSTOCK_DYNAMODB_AUTH_ENDPOINT")

    /// A Python with boto3 and confluent-kafka, the independent witnesses.
    static let python = variable("PENSTOCK_PYTHON")

    /// A folder with a newer `librdkafka.so.1`, for `LD_LIBRARY_PATH`.
    static let newerLibrdkafka = variable("PENSTOCK_LIBRDKAFKA_NEW")

    /// The folder of an Apache Kafka, for tests that stop and start a broker of their own.
    static let kafkaHome = variable("KAFKA_HOME")

    /// Whether all that was built is built with the thread sanitizer.
    static let isUnderThreadSanitizer = dlsym(nil, "__tsan_acquire") != nil

    private static func variable(_ name: String) -> String? {
        guard let value = ProcessInfo.processInfo.environment[name], !value.isEmpty else {
            return nil
        }
        return value
    }
}
