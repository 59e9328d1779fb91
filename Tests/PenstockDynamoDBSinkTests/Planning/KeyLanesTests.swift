import Testing

@testable import PenstockDynamoDBSink

@Suite struct KeyLanesTests {
    /// Against a plain dictionary of queues, with hashes that collide in the table on purpose.
    @Test func `a lane lets one write go at a time, in order`() {
        var random = SeededGenerator(seed: 11)
        var lanes = KeyLanes()
        var model: [UInt64: [Int32]] = [:]
        var free = Array((0..<Int32(2_000)).reversed())
        for _ in 0..<30_000 {
            if Bool.random(using: &random), let write = free.popLast() {
                let hash = UInt64.random(in: 0..<300, using: &random) << 10
                let mayGo = lanes.enter(write, hash: hash)
                let expected = model[hash, default: []].isEmpty
                // A macro a turn would take most of the time.
                if mayGo != expected { #expect(mayGo == expected); return }
                model[hash, default: []].append(write)
            } else if let (hash, queue) = model.randomElement(using: &random) {
                let next = lanes.leave(queue[0], hash: hash)
                free.append(queue[0])
                model[hash] = queue.count > 1 ? Array(queue.dropFirst()) : nil
                let expected = model[hash]?.first
                if next != expected { #expect(next == expected); return }
            }
            if lanes.activeCount != model.count { Issue.record("lanes were lost"); return }
        }
    }
}
