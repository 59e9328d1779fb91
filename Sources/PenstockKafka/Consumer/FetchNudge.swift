/// Decides when fetchers that went to sleep before a full queue are to be woken.
///
/// Before 2.2 librdkafka looks again only after up to a second at a queue that it found full, and
/// what is left in the queue runs out before. Any request to a broker wakes its fetcher. So one is
/// sent when the queue falls below half of what it holds, but only after enough was consumed to
/// have come from a full queue: a quiet topic costs nothing.
struct FetchNudge: Sendable {
    /// What the queue holds at most, in bytes of keys and values.
    private let capacity: Int
    private var consumedRecords = 0
    private var consumedBytes = 0
    private var bytesSinceLast = 0

    /// The shortest time between two requests.
    static let interval: Duration = .milliseconds(10)

    init(capacity: Int) { self.capacity = max(1, capacity) }

    /// Notes what was consumed.
    mutating func consumed(records: Int, bytes: Int) {
        consumedRecords += records
        consumedBytes += bytes
        bytesSinceLast += bytes
        // Only the present size of records counts.
        if consumedRecords > 1 << 20 {
            consumedRecords /= 2
            consumedBytes /= 2
        }
    }

    /// Whether so much was consumed that a look at the queue is worth it.
    var isWorthALook: Bool { bytesSinceLast >= capacity / 4 }

    /// Whether to wake the fetchers of a queue with so many records.
    mutating func isDue(queueLength: Int) -> Bool {
        guard isWorthALook, consumedRecords > 0 else { return false }
        let bytesPerRecord = max(1, consumedBytes / consumedRecords)
        guard queueLength < capacity / bytesPerRecord / 2 else { return false }
        bytesSinceLast = 0
        return true
    }
}
