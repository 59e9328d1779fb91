import Testing

@testable import Penstock

@Suite struct WatermarkTests {
    @Test func `nothing resolved commits nothing`() {
        var watermark = Watermark()
        _ = watermark.add(offset: 5)
        #expect(watermark.position == nil)
        #expect(watermark.pending == 1)
    }

    @Test func `a gap between offsets is stepped over`() {
        var watermark = Watermark()
        let first = watermark.add(offset: 5)
        let second = watermark.add(offset: 9)
        watermark.resolve(second)
        #expect(watermark.position == nil)
        watermark.resolve(first)
        #expect(watermark.position == 10)
        #expect(watermark.pending == 0)
    }

    /// Every order in which six records can be resolved.
    @Test func `the position never passes an unresolved record`() {
        for order in permutations(Array(0..<6)) {
            var watermark = Watermark()
            let numbers = (0..<6).map { watermark.add(offset: Int64($0) * 3 + 100) }
            var resolved: Set<Int> = []
            for place in order {
                watermark.resolve(numbers[place])
                resolved.insert(place)
                let prefix = (0..<6).prefix { resolved.contains($0) }.count
                #expect(watermark.position == (prefix == 0 ? nil : Int64(prefix - 1) * 3 + 101))
                #expect(watermark.pending == 6 - prefix)
            }
        }
    }

    @Test func `a long run in random order ends at its end`() {
        var random = SeededGenerator(seed: 3)
        var watermark = Watermark()
        var open: [UInt64] = []
        for offset in 0..<20_000 {
            open.append(watermark.add(offset: Int64(offset)))
            while open.count > Int.random(in: 0...300, using: &random) {
                watermark.resolve(open.remove(at: Int.random(in: 0..<open.count, using: &random)))
            }
        }
        for number in open { watermark.resolve(number) }
        #expect(watermark.position == 20_000)
    }

    private func permutations(_ elements: [Int]) -> [[Int]] {
        guard elements.count > 1 else { return [elements] }
        return elements.flatMap { first in
            permutations(elements.filter { $0 != first }).map { [first] + $0 }
        }
    }
}
