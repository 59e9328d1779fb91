import Testing

@testable import PenstockRuntime

@Suite struct FlowControlTests {
    private let start = ContinuousClock.now

    @Test func `short stalls neither poll nor pause`() {
        var flow = FlowControl(maximumPollInterval: .seconds(300))
        #expect(flow.patience == .seconds(10))
        #expect(flow.next(hasRoom: true, now: start) == .poll)
        #expect(flow.next(hasRoom: false, now: start) == .hold(.seconds(10)))
        #expect(flow.next(hasRoom: false, now: start + .seconds(4)) == .hold(.seconds(6)))
        #expect(flow.next(hasRoom: true, now: start + .seconds(9)) == .poll)
        #expect(flow.next(hasRoom: false, now: start + .seconds(11)) == .hold(.seconds(10)))
        #expect(!flow.isPaused)
    }

    @Test func `a long stall pauses once, polls every second and resumes once`() {
        var flow = FlowControl(maximumPollInterval: .seconds(6))
        #expect(flow.patience == .seconds(2))
        _ = flow.next(hasRoom: false, now: start)
        #expect(flow.next(hasRoom: false, now: start + .seconds(2)) == .pause)
        #expect(flow.isPaused)
        #expect(flow.next(hasRoom: false, now: start + .seconds(2)) == .pollPaused)
        #expect(flow.next(hasRoom: false, now: start + .seconds(2)) == .hold(.seconds(1)))
        #expect(flow.next(hasRoom: false, now: start + .seconds(3)) == .pollPaused)
        #expect(flow.next(hasRoom: true, now: start + .seconds(3)) == .resume)
        #expect(flow.next(hasRoom: true, now: start + .seconds(3)) == .poll)
        #expect(!flow.isPaused)
    }
}

@Suite struct RecordBudgetTests {
    @Test func `room comes in whole batches`() {
        var budget = RecordBudget(recordLimit: 1000, byteLimit: 100)
        #expect(budget.hasRoom(for: 500))
        budget.take(records: 900, bytes: 50)
        #expect(!budget.hasRoom(for: 500))
        budget.release(records: 100)
        #expect(!budget.hasRoom(for: 500), "200 are less than a quarter of the limit")
        budget.release(records: 50)
        #expect(budget.hasRoom(for: 500))
        #expect(budget.room(for: 500) == 250)
        budget.take(records: 0, bytes: 50)
        #expect(!budget.hasRoom(for: 500))
        budget.release(bytes: 100)
        #expect(budget.hasRoom(for: 500))
    }

    @Test func `a limit of one record still lets one through`() {
        var budget = RecordBudget(recordLimit: 1, byteLimit: 1)
        #expect(budget.hasRoom(for: 500) && budget.room(for: 500) == 1)
        budget.take(records: 1, bytes: 1)
        #expect(!budget.hasRoom(for: 500))
    }
}
