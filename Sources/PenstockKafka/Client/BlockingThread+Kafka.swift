import CPenstockRDKafka
import PenstockIO

extension BlockingThread {
    /// Makes a blocking call of a client, with its errors as Kafka's.
    ///
    /// A task that is cancelled before its turn, a full thread and a stopped one are errors of the
    /// library's kind too.
    func call<Answer: Sendable>(
        _ client: SharedClient,
        _ body: @escaping @Sendable (SharedClient) throws(KafkaError) -> Answer
    ) async throws(KafkaError) -> Answer {
        let answer: Result<Answer, KafkaError>
        do {
            answer = try await run { () -> Result<Answer, KafkaError> in
                do throws(KafkaError) { return .success(try body(client)) } catch {
                    return .failure(error)
                }
            }
        } catch {
            throw KafkaError(.timedOut, detail: "\(error)")
        }
        return try answer.get()
    }
}

extension Duration {
    /// Whole milliseconds, as the library counts time; never negative.
    var milliseconds: Int32 {
        let (seconds, attoseconds) = components
        return Int32(clamping: max(0, seconds * 1000 + attoseconds / 1_000_000_000_000_000))
    }
}
