import CPenstockRDKafka
import PenstockIO

/// The queue on which a client's answers to asynchronous calls arrive, and who waits for them.
///
/// It holds one entry per unanswered call. On the loop only.
final class ReplyQueue {
    /// What an asynchronous call needs to be answered here.
    struct Address {
        /// Where the answer goes.
        let queue: OpaquePointer
        /// What the answer will carry.
        let token: UnsafeMutableRawPointer
    }

    private var queue: QueueHandle?
    private var signal: QueueSignal?
    private var waiting: [UInt: (OpaquePointer?) -> Void] = [:]
    private var lastToken: UInt = 0

    init(client: borrowing ClientHandle, loop: EventLoop) {
        let queue = QueueHandle(rd_kafka_queue_new(client.pointer))
        let signal = QueueSignal(loop: loop) { [weak self] in self?.serve() }
        signal.enable(on: queue)
        self.queue = consume queue
        self.signal = signal
    }

    /// Makes a call and waits for its answer.
    ///
    /// `start` makes the call, and returns an error where there will be no answer. `read` reads the
    /// answer; it gets nil where the client was closed first.
    func call<Answer: Sendable>(
        _ start: (Address) -> KafkaError?,
        read: @escaping (OpaquePointer?) -> Result<Answer, KafkaError>
    ) async -> Result<Answer, KafkaError> {
        await withUnsafeContinuation { continuation in
            guard let address = newAddress() else {
                return continuation.resume(returning: read(nil))
            }
            let token = lastToken
            waiting[token] = { continuation.resume(returning: read($0)) }
            guard let error = start(address) else { return }
            waiting[token] = nil
            continuation.resume(returning: .failure(error))
        }
    }

    private func newAddress() -> Address? {
        lastToken += 1
        guard let queue = queue?.pointer,
            let token = UnsafeMutableRawPointer(bitPattern: lastToken)
        else { return nil }
        return Address(queue: queue, token: token)
    }

    /// Hands over every answer that has come.
    private func serve() {
        while let queue = queue?.pointer, let event = rd_kafka_queue_poll(queue, 0) {
            defer { rd_kafka_event_destroy(event) }
            let token = UInt(bitPattern: rd_kafka_event_opaque(event))
            waiting.removeValue(forKey: token)?(event)
        }
    }

    /// Ends the queue; calls that wait learn that the client was closed.
    func close() {
        serve()
        queue = nil
        signal = nil
        let left = waiting
        waiting = [:]
        for answer in left.values { answer(nil) }
    }
}
