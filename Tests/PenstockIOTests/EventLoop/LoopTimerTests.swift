import Synchronization
import Testing

@testable import PenstockIO

@Suite struct `Loop timers` {
    @Test func `fire in the order of their times, never early`() async throws {
        try await withLoop { loop in
            let fired = Mutex<[Int]>([])
            let start = ContinuousClock.now
            await loop.run {
                for delay in [30, 10, 20, 10, 0] {
                    loop.schedule(after: .milliseconds(delay)) {
                        #expect(.now - start >= .milliseconds(delay))
                        fired.withLock { $0.append(delay) }
                    }
                }
            }
            try await eventually { fired.withLock { $0.count } == 5 }
            #expect(fired.withLock { $0 } == [0, 10, 10, 20, 30])
        }
    }

    @Test func `a cancelled timer does not fire and frees what it held`() async throws {
        final class Held: Sendable {}
        try await withLoop { loop in
            let isFreed = await loop.run {
                var held: Held? = Held()
                weak let weakHeld = held
                let timer = loop.schedule(after: .milliseconds(1)) { [held] in
                    _ = held
                    Issue.record("a cancelled timer fired")
                }
                held = nil
                timer.cancel()
                timer.cancel()
                return weakHeld == nil
            }
            #expect(isFreed)
            try await loop.sleep(for: .milliseconds(10))
        }
    }

    @Test func `cancelled timers do not pile up`() async throws {
        try await withLoop { loop in
            let places = await loop.run {
                for _ in 0..<10_000 { loop.schedule(after: .seconds(60)) {}.cancel() }
                return loop.core.timers.count
            }
            #expect(places < 200)
        }
    }

    /// Every order of up to five timers, with every subset of them cancelled.
    @Test(arguments: 1...5) func `the heap gives back every small layout in order`(_ count: Int) {
        for order in permutations(Array(0..<count)) {
            for cancelled in 0..<(1 << count) {
                let heap = TimerHeap()
                let timers = order.map { number in
                    LoopTimer(
                        deadline: MonotonicInstant(nanoseconds: Int64(number / 2)), heap: heap,
                        body: {}, onStop: nil)
                }
                for timer in timers { heap.insert(timer) }
                for index in 0..<count where cancelled >> index & 1 == 1 { timers[index].cancel() }
                let expected = timers.indices.filter { cancelled >> $0 & 1 == 0 }
                    .sorted { (timers[$0].deadline, $0) < (timers[$1].deadline, $1) }
                var popped: [Int] = []
                while let timer = heap.popDue(at: MonotonicInstant(nanoseconds: 100)) {
                    popped.append(timers.firstIndex { $0 === timer } ?? -1)
                }
                // A macro per layout would cost more than the heap.
                if popped != expected || heap.count != 0 {
                    Issue.record("order \(order), cancelled \(cancelled): \(popped)")
                }
            }
        }
    }

    @Test func `sleep lasts as long as asked, from the loop and from elsewhere`() async throws {
        try await withLoop { loop in
            let start = ContinuousClock.now
            try await loop.sleep(for: .milliseconds(15))
            try await loop.run { try await loop.sleep(for: .milliseconds(15)) }
            try await loop.sleep(for: .seconds(-1))
            #expect(.now - start >= .milliseconds(30))
        }
    }

    @Test(arguments: [false, true])
    func `a cancelled sleep ends at once`(isOnLoop: Bool) async throws {
        try await withLoop { loop in
            let start = ContinuousClock.now
            await #expect(throws: CancellationError.self) {
                try await withThrowingTaskGroup { group in
                    group.addTask {
                        if isOnLoop {
                            try await loop.run { try await loop.sleep(for: .seconds(60)) }
                        } else {
                            try await loop.sleep(for: .seconds(60))
                        }
                    }
                    try await Task.sleep(for: .milliseconds(5))
                    group.cancelAll()
                    try await group.waitForAll()
                }
            }
            #expect(.now - start < .seconds(30))
        }
    }

    @Test func `a sleep in a task that is cancelled already does not begin`() async throws {
        try await withLoop { loop in
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                try await loop.run { try await loop.sleep(for: .seconds(60)) }
            }
            await #expect(throws: CancellationError.self) { try await task.value }
        }
    }
}

private func permutations(_ elements: [Int]) -> [[Int]] {
    guard elements.count > 1 else { return [elements] }
    return elements.indices.flatMap { index in
        var rest = elements
        let first = rest.remove(at: index)
        return permutations(rest).map { [first] + $0 }
    }
}
