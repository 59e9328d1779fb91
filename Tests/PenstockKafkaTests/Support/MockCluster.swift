import CPenstockRDKafka
import PenstockKafka

/// librdkafka's own broker stand-in, in this process.
///
/// `@unchecked Sendable`: its functions may be called from any thread.
final class MockCluster: @unchecked Sendable {
    private let client: OpaquePointer
    private let cluster: OpaquePointer

    init() throws {
        var text = [CChar](repeating: 0, count: 256)
        guard
            let client = rd_kafka_new(
                RD_KAFKA_PRODUCER, rd_kafka_conf_new(), &text, text.count),
            let cluster = rd_kafka_mock_cluster_new(client, 1)
        else { throw CannotStart() }
        self.client = client
        self.cluster = cluster
    }

    struct CannotStart: Error {}

    var bootstrap: String { String(cString: rd_kafka_mock_cluster_bootstraps(cluster)) }

    func createTopic(_ name: String, partitions: Int32) {
        rd_kafka_mock_topic_create(cluster, name, partitions, 1)
    }

    /// Answers the next requests of a kind with errors.
    func fail(requests key: Int16, with errors: [rd_kafka_resp_err_t]) {
        var errors = errors
        rd_kafka_mock_push_request_errors_array(cluster, key, errors.count, &errors)
    }

    /// The mock's threads block for a while at their end, so it is called off the loop.
    func stop() {
        rd_kafka_mock_cluster_destroy(cluster)
        rd_kafka_destroy(client)
    }
}
