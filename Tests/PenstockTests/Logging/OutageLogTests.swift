import Penstock
import Testing

@Suite struct OutageLogTests {
    private let start = ContinuousClock.now

    @Test func `the first failure, one line every 30 s, and the end`() {
        var log = OutageLog()
        #expect(log.recovered(at: start) == nil)
        #expect(log.passed(at: start) == nil)
        #expect(log.failed(at: start) == .began)
        #expect(log.isUnderWay)
        #expect(log.failed(at: start + .seconds(29)) == nil)
        #expect(
            log.failed(at: start + .seconds(30)) == .continues(since: .seconds(30), failures: 3))
        #expect(log.passed(at: start + .seconds(59)) == nil)
        #expect(
            log.passed(at: start + .seconds(61)) == .continues(since: .seconds(61), failures: 3))
        #expect(
            log.recovered(at: start + .seconds(70)) == .ended(after: .seconds(70), failures: 3))
        #expect(!log.isUnderWay)
        #expect(log.failed(at: start + .seconds(71)) == .began)
    }
}
