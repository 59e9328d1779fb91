import CPenstockRDKafka
import Penstock
import PenstockIO

extension KafkaConsumer {
    /// Leaves the group and ends the client; returns when its threads have ended.
    ///
    /// Whatever is to be committed has been: revocations that come now are answered at once. Where
    /// the group's coordinator does not answer within `timeout`, the group learns by the session's
    /// timeout. Cancelling the task does not cut it short. May be called again.
    package func close(timeout: Duration = .seconds(5)) async {
        guard let pointer, !isClosing else { return }
        answerLastRebalance()
        isClosing = true
        waiter.wake()
        let isStuck = await leaveGroup(pointer, timeout: timeout)
        replies?.close()
        replies = nil
        heldQueues = [:]
        nudgeList = nil
        queue = nil
        slots.removeAll()
        assignment = []
        guard let client = client.take() else { return }
        if endingAborts || isStuck {
            client.abandon()
            // What the library's threads refer to stays as well.
            _ = Unmanaged.passRetained(self)
            return
        }
        await client.destroy(on: blocking, keeping: bridge)
        // The library's threads wrote to its descriptor until now.
        signal = nil
    }

    /// Whether ending the client could end the process.
    ///
    /// Before 2.3 librdkafka aborts where a member with the cooperative-sticky strategy has joined
    /// and ends before its first assignment (`assignor_state` is null; confluentinc/librdkafka
    /// 4312). Nothing tells whether it has joined, so a member that was never assigned is not ended:
    /// it has left its group, and its idle threads stay until the process ends.
    private var endingAborts: Bool {
        LibraryProperties.linked.version < LibraryVersion(2, 3) && !bridge.wasAssigned
            && !subscribedTopics.isEmpty
            && settings.library["partition.assignment.strategy"] == "cooperative-sticky"
    }

    /// How long the answer to a rebalance may take: milliseconds, or it never comes back.
    private static let answerLimit = Duration.seconds(3)

    /// Returns whether a call into the library has not come back.
    private func leaveGroup(_ pointer: OpaquePointer, timeout: Duration) async -> Bool {
        let closing = QueueHandle(rd_kafka_queue_new(pointer))
        signal?.enable(on: closing)
        if let error = rd_kafka_consumer_close_queue(pointer, closing.pointer) {
            log.debug(
                "A Kafka consumer could not leave its group",
                ["error": KafkaError(consuming: error)])
            return false
        }
        let clock = ContinuousClock()
        let deadline = clock.now + timeout
        while rd_kafka_consumer_closed(pointer) == 0, clock.now < deadline {
            // Events, not callbacks: the queue carries fetched records too, at which serving
            // callbacks ends the process.
            if let event = rd_kafka_queue_poll(closing.pointer, 0) {
                let answer = answer(to: event, pointer)
                rd_kafka_event_destroy(event)
                let limit = min(deadline, clock.now + Self.answerLimit)
                while let answer, !answer.isDone {
                    guard clock.now < limit else { return true }
                    await waiter.waitEvenIfCancelled(atMost: .milliseconds(20))
                }
            } else {
                await waiter.waitEvenIfCancelled(atMost: .milliseconds(20))
            }
        }
        return false
    }

    /// The group would wait for the answer to a rebalance that the owner did not get round to.
    private func answerLastRebalance() {
        do throws(KafkaError) {
            switch bridge.unanswered {
            case .revoked(let partitions), .lost(let partitions): try unassign(partitions)
            case .assigned: try assign([])
            case .failure, nil: break
            }
        } catch {
            log.debug("A Kafka consumer could not answer a rebalance", ["error": error])
        }
    }

    /// Gives the partitions of a rebalance back, beside the loop; nil where there is nothing to do.
    ///
    /// The library waits for its own main thread in that call, which may never answer once the
    /// group is being left (seen, rarely, on 2.0.2): the loop must not be what waits.
    private func answer(to event: OpaquePointer, _ pointer: OpaquePointer) -> ClosingAnswer? {
        guard rd_kafka_event_type(event) == RD_KAFKA_EVENT_REBALANCE,
            let list = rd_kafka_event_topic_partition_list(event)
        else { return nil }
        let partitions = PartitionList.elements(of: list).map(\.partition)
        for partition in partitions { heldQueues[partition] = nil }
        bridge.rebalanceWasAnswered()
        return ClosingAnswer(
            giving: partitions, of: SharedClient(pointer: pointer),
            isCooperative: isCooperative(pointer)
        ) { [loop, waiter] in loop.execute { waiter.wake() } }
    }
}
