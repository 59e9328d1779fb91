import Testing

@testable import PenstockRuntime

@Suite struct RedeliveryQueueTests {
    private let start = ContinuousClock.now

    @Test func `earlier batches come first, whatever was added first`() {
        var queue = RedeliveryQueue<String>()
        queue.add([1, 2], of: "b", order: 2, due: start)
        queue.add([5], of: "a", order: 1, due: start + .seconds(1))
        queue.add([3, 0], of: "b", order: 2, due: start)
        #expect(queue.takeNext(at: start) == nil, "b waits for a")
        #expect(queue.due == start + .seconds(1))
        let first = queue.takeNext(at: start + .seconds(1))
        #expect(first?.batch == "a" && first?.indices == [5])
        let second = queue.takeNext(at: start + .seconds(1))
        #expect(second?.batch == "b" && second?.indices == [0, 1, 2, 3])
        let isEmpty = queue.isEmpty
        #expect(isEmpty)
    }

    @Test func `a limit hands over parts`() {
        var queue = RedeliveryQueue<String>()
        queue.add([4, 5, 6], of: "a", order: 1, due: start, limit: 2)
        #expect(queue.takeNext(at: start)?.indices == [4, 5])
        queue.add([4, 5], of: "a", order: 1, due: start, limit: 1)
        #expect(queue.takeNext(at: start)?.indices == [4])
        #expect(queue.takeNext(at: start)?.indices == [5])
        #expect(queue.takeNext(at: start)?.indices == [6])
    }

    @Test func `what is gone is taken out`() {
        var queue = RedeliveryQueue<String>()
        queue.add([1, 2, 3], of: "a", order: 1, due: start)
        queue.add([2], of: "b", order: 2, due: start)
        let removed = queue.remove { _, index in index == 2 }
        #expect(removed.map(\.batch) == ["a", "b"])
        #expect(queue.takeNext(at: start)?.indices == [1, 3])
        let isEmpty = queue.isEmpty
        #expect(isEmpty)
    }
}

@Suite struct RetryBackoffTests {
    @Test func `waits double up to the limit, and a part of them is chance`() {
        var backoff = RetryBackoff(longest: .seconds(2))
        let waits = (0..<5).map { _ in backoff.next(chance: 1) }
        #expect(
            waits == [
                .milliseconds(300), .milliseconds(600), .milliseconds(1200), .seconds(2),
                .seconds(2),
            ])
        for _ in 0..<100 { #expect(backoff.next(chance: 0) == .seconds(1)) }
        backoff.reset()
        #expect(backoff.next(chance: 0) == .milliseconds(150))
    }
}

@Suite struct SkippedRecordsTests {
    @Test func `the first is told, then what came in half a minute`() {
        let start = ContinuousClock.now
        var skipped = SkippedRecords()
        #expect(skipped.note(at: start) == 1)
        #expect(skipped.note(at: start + .seconds(1)) == nil)
        #expect(skipped.note(at: start + .seconds(29)) == nil)
        #expect(skipped.note(at: start + .seconds(31)) == 3)
        #expect(skipped.total == 4)
    }
}
