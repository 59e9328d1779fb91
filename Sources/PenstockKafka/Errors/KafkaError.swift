public import Penstock
import CPenstockRDKafka

/// What Kafka, or the library that speaks to it, reports as wrong.
///
/// It never carries a record's bytes.
public struct KafkaError: Error, Hashable, Sendable {
    /// What went wrong.
    public let code: KafkaErrorCode
    /// Whether trying again can help.
    public let kind: ErrorKind
    /// Whether the open transaction has to be aborted before anything else.
    public let requiresAbort: Bool
    /// The partition it concerns, where it concerns one.
    public let topicPartition: TopicPartition?
    /// What the library says beyond the code's own sentence, such as a broker's address.
    public let detail: String?

    /// Makes an error of a code; the code decides its kind unless it is given.
    package init(
        _ code: KafkaErrorCode, kind: ErrorKind? = nil, requiresAbort: Bool = false,
        topicPartition: TopicPartition? = nil, detail: String? = nil
    ) {
        self.code = code
        self.kind = kind ?? code.kind
        self.requiresAbort = requiresAbort
        self.topicPartition = topicPartition
        self.detail = detail
    }

    /// The library's name of the code.
    public var name: String { code.name }
}

extension KafkaError: CustomStringConvertible {
    /// The code's sentence and name, with the partition and what else the library said.
    public var description: String {
        var text = code.sentence + " (" + code.name
        if let topicPartition { text += ", \(topicPartition)" }
        text += ")"
        if let detail, detail != code.sentence { text += ": " + detail }
        return text
    }
}

extension KafkaError {
    /// Takes over an error object of the library, and frees it.
    init(consuming error: OpaquePointer, topicPartition: TopicPartition? = nil) {
        defer { rd_kafka_error_destroy(error) }
        let code = KafkaErrorCode(rd_kafka_error_code(error))
        let isFatal = rd_kafka_error_is_fatal(error) != 0
        let isRetriable = rd_kafka_error_is_retriable(error) != 0
        self.init(
            code, kind: isFatal ? .fatal : isRetriable ? .retriable : nil,
            requiresAbort: rd_kafka_error_txn_requires_abort(error) != 0,
            topicPartition: topicPartition,
            detail: rd_kafka_error_string(error).map { String(cString: $0) })
    }

    /// The error a code stands for; nil where it stands for none.
    init?(_ code: rd_kafka_resp_err_t, topicPartition: TopicPartition? = nil) {
        guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { return nil }
        self.init(KafkaErrorCode(code), topicPartition: topicPartition)
    }

    /// What the library reports through a client; a fatal error is named by its cause.
    init(reported code: rd_kafka_resp_err_t, reason: String?, by client: OpaquePointer?) {
        guard code == RD_KAFKA_RESP_ERR__FATAL, let client else {
            self.init(KafkaErrorCode(code), detail: reason)
            return
        }
        var text = [CChar](repeating: 0, count: 512)
        let cause = rd_kafka_fatal_error(client, &text, text.count)
        let sentence = text.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
        self.init(KafkaErrorCode(cause), kind: .fatal, detail: sentence)
    }
}
