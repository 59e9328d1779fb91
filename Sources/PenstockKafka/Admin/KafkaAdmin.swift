import CPenstockRDKafka
package import Penstock
package import PenstockIO

/// Creates, describes and deletes topics.
///
/// It is made, used and closed on one event loop.
///
/// `@unchecked Sendable`: every member is touched on `loop` only, which the ways in check.
package final class KafkaAdmin: @unchecked Sendable {
    private let loop: EventLoop
    private let blocking: BlockingThread
    private let bridge: ConsumerBridge
    private var replies: ReplyQueue?
    private var client: ClientHandle?

    /// Makes the client.
    ///
    /// On `loop` only. Throws where the library refuses the settings.
    package init(
        settings: TranslatedSettings, loop: EventLoop, blocking: BlockingThread, log: Log
    ) throws(KafkaError) {
        precondition(loop.isCurrent, "a client is used on its loop only")
        self.loop = loop
        self.blocking = blocking
        bridge = ConsumerBridge(log: log)
        let configuration = try ClientConfiguration(settings.library)
        // Nobody polls an admin client, so its lines come from the library's threads.
        _ = configuration.set("log.queue", "false")
        bridge.install(in: configuration)
        let client = try ClientHandle(
            RD_KAFKA_PRODUCER, configuration, tokens: settings.tokens)
        replies = ReplyQueue(client: client, loop: loop)
        self.client = consume client
    }

    deinit {
        replies?.close()
        replies = nil
        client = nil
    }

    /// Describes one topic; one that does not exist is described with an error.
    package func describeTopic(
        _ name: String, timeout: Duration = .seconds(10)
    ) async throws(KafkaError) -> TopicDescription? {
        try await onBlockingThread { client throws(KafkaError) in
            try client.topics(named: name, timeout: timeout).first
        }
    }

    /// Describes every topic that the client may see.
    package func listTopics(
        timeout: Duration = .seconds(10)
    ) async throws(KafkaError) -> [TopicDescription] {
        try await onBlockingThread { client throws(KafkaError) in
            try client.topics(timeout: timeout)
        }
    }

    /// Creates topics; returns the error of each that could not be created.
    package func createTopics(
        _ topics: [TopicSpecification], timeout: Duration = .seconds(30)
    ) async throws(KafkaError) -> [String: KafkaError] {
        let list = NewTopicList()
        for topic in topics { try list.append(topic) }
        return try await call(timeout, RD_KAFKA_ADMIN_OP_CREATETOPICS) { client, options, queue in
            list.withPointers { rd_kafka_CreateTopics(client, $0, $1, options, queue) }
        } read: { event in
            var count = 0
            let result = rd_kafka_event_CreateTopics_result(event)
            return topicErrors(rd_kafka_CreateTopics_result_topics(result, &count), count)
        }
    }

    /// Deletes topics; returns the error of each that could not be deleted.
    package func deleteTopics(
        _ names: [String], timeout: Duration = .seconds(30)
    ) async throws(KafkaError) -> [String: KafkaError] {
        let list = names.map { rd_kafka_DeleteTopic_new($0) }
        defer { for topic in list { rd_kafka_DeleteTopic_destroy(topic) } }
        return try await call(timeout, RD_KAFKA_ADMIN_OP_DELETETOPICS) { client, options, queue in
            var pointers = list
            rd_kafka_DeleteTopics(client, &pointers, pointers.count, options, queue)
        } read: { event in
            var count = 0
            let result = rd_kafka_event_DeleteTopics_result(event)
            return topicErrors(rd_kafka_DeleteTopics_result_topics(result, &count), count)
        }
    }

    /// Ends the client; returns when its threads have ended.
    ///
    /// May be called again.
    package func close() async {
        replies?.close()
        replies = nil
        guard let client = client.take() else { return }
        await client.destroy(on: blocking, keeping: bridge)
    }

    private func onBlockingThread<Answer: Sendable>(
        _ body: @escaping @Sendable (SharedClient) throws(KafkaError) -> Answer
    ) async throws(KafkaError) -> Answer {
        guard let client = client?.shared else { throw KafkaError(.destroyed) }
        return try await blocking.call(client, body)
    }

    /// Makes a call whose answer comes by the queue.
    private func call(
        _ timeout: Duration, _ operation: rd_kafka_admin_op_t,
        start: (OpaquePointer, OpaquePointer?, OpaquePointer) -> Void,
        read: @escaping (OpaquePointer) -> [String: KafkaError]
    ) async throws(KafkaError) -> [String: KafkaError] {
        guard let pointer = client?.pointer, let replies else { throw KafkaError(.destroyed) }
        return try await replies.call { address in
            let options = rd_kafka_AdminOptions_new(pointer, operation)
            defer { rd_kafka_AdminOptions_destroy(options) }
            var text = [CChar](repeating: 0, count: 256)
            rd_kafka_AdminOptions_set_request_timeout(
                options, timeout.milliseconds, &text, text.count)
            // The controller answers when the change has reached every broker.
            rd_kafka_AdminOptions_set_operation_timeout(
                options, timeout.milliseconds, &text, text.count)
            rd_kafka_AdminOptions_set_opaque(options, address.token)
            start(pointer, options, address.queue)
            return nil
        } read: { event in
            guard let event else { return .failure(KafkaError(.destroyed)) }
            return KafkaError(rd_kafka_event_error(event)).map { .failure($0) }
                ?? .success(read(event))
        }.get()
    }
}

/// The errors of single topics in an answer.
private func topicErrors(
    _ results: UnsafeMutablePointer<OpaquePointer?>?, _ count: Int
) -> [String: KafkaError] {
    var errors: [String: KafkaError] = [:]
    for index in 0..<count {
        guard let result = results?[index], let name = rd_kafka_topic_result_name(result),
            rd_kafka_topic_result_error(result) != RD_KAFKA_RESP_ERR_NO_ERROR
        else { continue }
        errors[String(cString: name)] = KafkaError(
            KafkaErrorCode(rd_kafka_topic_result_error(result)),
            detail: rd_kafka_topic_result_error_string(result).map { String(cString: $0) })
    }
    return errors
}
