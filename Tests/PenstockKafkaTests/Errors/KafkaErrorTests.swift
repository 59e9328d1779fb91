import Penstock
import Testing

@testable import PenstockKafka

@Suite struct `Errors of Kafka` {
    @Test(arguments: [
        (KafkaErrorCode.transport, ErrorKind.retriable, "_TRANSPORT"),
        (.timedOut, .retriable, "_TIMED_OUT"), (.allBrokersDown, .retriable, "_ALL_BROKERS_DOWN"),
        (.rebalanceInProgress, .retriable, "REBALANCE_IN_PROGRESS"),
        (.unknownTopicOrPartition, .retriable, "UNKNOWN_TOPIC_OR_PART"),
        (.topicAuthorizationFailed, .fatal, "TOPIC_AUTHORIZATION_FAILED"),
        (.fenced, .fatal, "_FENCED"), (.noOffsetReset, .fatal, "_AUTO_OFFSET_RESET"),
        (.authentication, .fatal, "_AUTHENTICATION"), (.invalidArgument, .fatal, "_INVALID_ARG"),
        (.messageTooLarge, .data, "MSG_SIZE_TOO_LARGE"), (.invalidRecord, .data, "INVALID_RECORD"),
        (.throttlingQuotaExceeded, .throttled, "THROTTLING_QUOTA_EXCEEDED"),
    ])
    func `have a kind and a name by their code`(
        code: KafkaErrorCode, kind: ErrorKind, name: String
    ) {
        #expect(KafkaError(code).kind == kind)
        #expect(KafkaError(code).name == name)
    }

    @Test func `are fatal where the library says so`() {
        #expect(KafkaError(.timedOut, kind: .fatal).kind == .fatal)
    }

    @Test func `say where they happened`() {
        let error = KafkaError(
            .topicAuthorizationFailed,
            topicPartition: TopicPartition(topic: "orders", partition: 3), detail: "Broker: no")
        #expect(error.description.contains("TOPIC_AUTHORIZATION_FAILED, orders-3"))
        #expect(error.description.hasSuffix("Broker: no"))
    }
}
