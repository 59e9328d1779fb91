import Testing

@testable import PenstockRuntime

@Suite struct PartitionLedgerTests {
    private func position(_ slot: Int32, _ offset: Int64) -> PartitionLedger.Commit.Position {
        PartitionLedger.Commit.Position(slot: slot, offset: offset)
    }

    @Test func `every order of outcomes commits the contiguous prefix alone`() {
        let offsets: [Int64] = [3, 4, 9, 10]
        for order in permutations([0, 1, 2, 3]) {
            var ledger = PartitionLedger()
            ledger.assign([5])
            let numbers = offsets.map { ledger.add(5, offset: $0)! }
            var done: Set<Int> = []
            for place in order {
                ledger.resolve(5, numbers[place], since: ledger.generation)
                done.insert(place)
                let prefix = (0..<4).prefix { done.contains($0) }.last
                let expected = prefix.map { [position(5, offsets[$0] + 1)] } ?? []
                #expect(ledger.positionsToCommit().positions == expected)
                #expect(ledger.pending == 4 - ((prefix ?? -1) + 1))
            }
        }
    }

    @Test func `an unchanged position is not committed again`() {
        var ledger = PartitionLedger()
        ledger.assign([0, 1])
        let number = ledger.add(0, offset: 7)!
        ledger.resolve(0, number, since: 1)
        let commit = ledger.positionsToCommit()
        #expect(commit.positions == [position(0, 8)])
        #expect(ledger.positionsToCommit() == commit, "until the broker has taken it")
        ledger.committed(commit)
        #expect(ledger.positionsToCommit().isEmpty)
    }

    @Test func `nothing of an assignment that ended counts`() {
        var ledger = PartitionLedger()
        ledger.assign([0])
        let before = ledger.generation
        let number = ledger.add(0, offset: 7)!
        ledger.resolve(0, number, since: before)
        let commit = ledger.positionsToCommit()
        let open = ledger.add(0, offset: 8)!
        ledger.revoke([0])
        #expect(ledger.add(0, offset: 9) == nil)
        #expect(ledger.assigned.isEmpty && ledger.pending == 0)
        ledger.resolve(0, open, since: before)
        ledger.assign([0])
        #expect(!ledger.holds(0, since: before))
        ledger.resolve(0, open, since: before)
        ledger.committed(commit)
        let again = ledger.add(0, offset: 7)!
        ledger.resolve(0, again, since: ledger.generation)
        #expect(ledger.positionsToCommit().positions == [position(0, 8)])
    }

    @Test func `another partition's assignment changes nothing for those that stay`() {
        var ledger = PartitionLedger()
        ledger.assign([0])
        let since = ledger.generation
        let number = ledger.add(0, offset: 1)!
        ledger.assign([1])
        #expect(ledger.holds(0, since: since) && ledger.holds(0, since: ledger.generation))
        ledger.resolve(0, number, since: since)
        #expect(ledger.positionsToCommit().positions == [position(0, 2)])
        ledger.revoke([1])
        #expect(ledger.assigned == [0])
        #expect(!ledger.holds(7, since: 9), "a slot that nobody knows")
    }
}

/// Every order of some elements.
private func permutations(_ elements: [Int]) -> [[Int]] {
    guard elements.count > 1 else { return [elements] }
    return elements.indices.flatMap { index in
        var rest = elements
        let element = rest.remove(at: index)
        return permutations(rest).map { [element] + $0 }
    }
}
