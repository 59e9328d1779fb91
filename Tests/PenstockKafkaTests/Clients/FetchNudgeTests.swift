import Testing

@testable import PenstockKafka

@Suite struct `Waking the fetchers` {
    private func check(_ nudge: inout FetchNudge, queueLength: Int, isDue: Bool) {
        let answer = nudge.isDue(queueLength: queueLength)
        #expect(answer == isDue)
    }

    @Test func `is due when a full queue has fallen below its half`() {
        var nudge = FetchNudge(capacity: 8 << 20)
        nudge.consumed(records: 10_000, bytes: 2_080_000)
        #expect(!nudge.isWorthALook)
        nudge.consumed(records: 500, bytes: 104_000)
        #expect(nudge.isWorthALook)
        check(&nudge, queueLength: 30_000, isDue: false)
        check(&nudge, queueLength: 20_000, isDue: true)
        check(&nudge, queueLength: 20_000, isDue: false)  // once until as much was consumed again
    }

    @Test func `costs a quiet topic nothing`() {
        var nudge = FetchNudge(capacity: 8 << 20)
        for _ in 0..<10_000 {
            nudge.consumed(records: 1, bytes: 200)
            check(&nudge, queueLength: 0, isDue: false)
        }
    }

    @Test func `counts records of any size`() {
        var nudge = FetchNudge(capacity: 8 << 20)
        nudge.consumed(records: 4, bytes: 4 << 20)
        check(&nudge, queueLength: 4, isDue: false)
        check(&nudge, queueLength: 3, isDue: true)
    }
}
