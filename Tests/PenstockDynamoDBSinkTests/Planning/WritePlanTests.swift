import Penstock
import PenstockDynamoDB
import Testing

@testable import PenstockDynamoDBSink

@Suite struct WritePlanTests {
    private static let start = ContinuousClock.now

    private func plan(_ options: WritePlan.Options = .init()) -> WritePlan {
        var plan = WritePlan(options: options)
        _ = plan.add(tableWriter())
        return plan
    }

    private func records(_ ids: [String], from offset: Int64 = 0) throws -> SinkBatch {
        let records = TestRecords()
        for (place, id) in ids.enumerated() {
            try records.add(
                offset: offset + Int64(place), value: #"{"id":"\#(id)","v":\#(place)}"#)
        }
        return records.sinkBatch()
    }

    @Test func `a full batch goes, the rest waits for the linger time or for nothing`() throws {
        var plan = plan()
        plan.add(try records((0..<60).map(String.init)), tables: [0], now: Self.start)
        let first = try plan.take(Self.start)
        let second = try plan.take(Self.start)
        #expect([first, second].map(\.entries.count) == [25, 25])
        let none = plan.next(now: Self.start)
        #expect(none == nil)
        #expect(plan.nextDeadline == Self.start + .milliseconds(5))
        let third = try plan.take(Self.start + .milliseconds(5))
        #expect(third.entries.count == 10)
        #expect(plan.nextDeadline == nil)
    }

    @Test func `with nothing on its way a batch goes at once`() throws {
        var plan = plan()
        plan.add(try records(["a", "b"]), tables: [0], now: Self.start)
        let next = try plan.take(Self.start)
        #expect(next.entries.count == 2)
    }

    @Test func `a key's next write waits for its previous one`() throws {
        var plan = plan()
        let batch = try records(["a", "a", "b", "a"])
        plan.add(batch, tables: [0], now: Self.start)
        var bodies: [[Value]] = []
        while let next = plan.next(now: Self.start) {
            bodies.append(try versions(in: next))
            _ = plan.complete(next, .applied(except: []), now: Self.start, random: 0)
        }
        #expect(bodies == [[0, 2], [1], [3]] as [[Value]])
        #expect(batch.unresolved == 0)
        #expect(plan.pendingCount == 0)
    }

    @Test func `what was left unprocessed is sent again, later, and holds its key's lane`() throws {
        var plan = plan()
        let batch = try records(["a", "b", "b"])
        plan.add(batch, tables: [0], now: Self.start)
        let first = try plan.take(Self.start)
        let left = first.entries[1].hash
        _ = plan.complete(first, .applied(except: [left]), now: Self.start, random: 1)
        #expect(batch.unresolved == 2)
        let none = plan.next(now: Self.start)
        #expect(none == nil)
        let due = Self.start + .milliseconds(50)
        #expect(plan.nextDeadline == due)
        let again = try plan.take(due)
        #expect(try versions(in: again) == [1])
        _ = plan.complete(again, .applied(except: []), now: due, random: 1)
        let last = try plan.take(due)
        #expect(try versions(in: last) == [2])
    }

    @Test func `a refused batch is halved until the guilty record is alone`() throws {
        var plan = plan()
        let batch = try records((0..<25).map(String.init))
        plan.add(batch, tables: [0], now: Self.start)
        var requests = 0
        while let next = plan.next(now: Self.start) {
            requests += 1
            let isGuilty = try versions(in: next).contains(13)
            _ = plan.complete(
                next, isGuilty ? .refused(TaskError.data("bad")) : .applied(except: []),
                now: Self.start, random: 0)
        }
        #expect(requests == 11)
        let outcomes = batch.takeOutcomes()
        let failed = outcomes.filter { if case .failed = $0.outcome { true } else { false } }
        #expect(failed.map(\.indices) == [[13]])
        #expect(batch.unresolved == 0)
    }

    @Test func `a record without a key fails alone`() throws {
        var plan = plan()
        let records = TestRecords()
        try records.add(offset: 0, value: #"{"id":"a"}"#)
        try records.add(offset: 1, value: #"{}"#)
        try records.add(offset: 2, value: #"{"id":"b","n":1e999}"#)
        try records.add(offset: 3, value: #"{"id":"b","n":1}"#)
        let batch = records.sinkBatch()
        plan.add(batch, tables: [0], now: Self.start)
        let next = try plan.take(Self.start)
        #expect(next.entries.count == 2)
        _ = plan.complete(next, .applied(except: []), now: Self.start, random: 0)
        var outcomes: [Int32: Bool] = [:]
        for resolved in batch.takeOutcomes() {
            if case .acknowledged = resolved.outcome {
                for index in resolved.indices { outcomes[index] = true }
            } else {
                for index in resolved.indices { outcomes[index] = false }
            }
        }
        #expect(outcomes == [0: true, 1: false, 2: false, 3: true])
    }

    @Test func `a batch whose every record fails sends nothing`() throws {
        var plan = plan()
        let records = TestRecords()
        try records.add(offset: 0, value: #"{"id":"a","n":1e999}"#)
        try records.add(offset: 1, value: #"{"id":"b","n":1e999}"#)
        let batch = records.sinkBatch()
        plan.add(batch, tables: [0], now: Self.start)
        let next = plan.next(now: Self.start + .seconds(1))
        #expect(next == nil)
        #expect(plan.nextDeadline == nil)
        #expect(plan.pendingCount == 0)
        #expect(batch.unresolved == 0)
    }

    @Test func `a queue that is never empty does not grow`() {
        var queue = BatchQueue()
        queue.append(WriteBatch())
        for _ in 0..<1000 {
            queue.append(WriteBatch())
            _ = queue.popFirst()
        }
        #expect(queue.storedCount < 8)
    }

    @Test func `a refused write of an abandoned partition gets no outcome`() throws {
        var plan = plan()
        let batch = try records(["a"])
        plan.add(batch, tables: [0], now: Self.start)
        let inFlight = try plan.take(Self.start)
        plan.abandon([0], now: Self.start)
        _ = plan.complete(
            inFlight, .refused(TaskError.data("bad")), now: Self.start, random: 0)
        #expect(batch.unresolved == 1)
        #expect(plan.pendingCount == 0)
    }

    @Test(arguments: [
        (NullValueBehavior.upsert, #"{"PutRequest":{"Item":{"id":{"S":"a"}}}}"# as String?),
        (.delete, #"{"DeleteRequest":{"Key":{"id":{"S":"a"}}}}"#), (.ignore, nil),
    ])
    func `a tombstone does what the options say`(
        behavior: NullValueBehavior, request: String?
    ) throws {
        var options = WritePlan.Options()
        options.nullValues = behavior
        var plan = WritePlan(options: options)
        _ = plan.add(tableWriter("key.id"))
        let records = TestRecords()
        try records.add(offset: 0, key: #"{"id":"a"}"#)
        try records.add(offset: 1, key: #"{"id":"b"}"#, value: "null")
        let batch = records.sinkBatch()
        plan.add(batch, tables: [0], now: Self.start)
        let next = plan.next(now: Self.start)
        guard let request else {
            #expect(next == nil)
            #expect(batch.unresolved == 0)
            return
        }
        let sent = try requests(in: #require(next))
        #expect(sent.count == 2)
        #expect(try sent[0] == Value(json: request.utf8))
        let other = request.replacing(#""a""#, with: #""b""#)
        #expect(try sent[1] == Value(json: other.utf8), "a null of JSON is a tombstone too")
    }

    @Test func `bodies stay within 16 MB`() {
        var plan = plan()
        let records = TestRecords()
        // Each control character takes six bytes in JSON and one in the item.
        let text = String(repeating: "\u{1}", count: 400_000)
        for offset in 0..<10 {
            let value: Value = [
                "id": .build { $0.string("\(offset)") }, "t": .build { $0.string(text) },
            ]
            records.add(offset: Int64(offset), made: value)
        }
        plan.add(records.sinkBatch(), tables: [0], now: Self.start)
        var counts: [Int] = []
        while let next = plan.next(now: Self.start + .seconds(1)) {
            #expect(next.body.count <= 16 << 20)
            counts.append(next.entries.count)
        }
        #expect(counts == [6, 4])
    }

    @Test func `an item too large for any request fails alone`() throws {
        var plan = plan()
        let records = TestRecords()
        let zeros = String(repeating: "0", count: 17 << 20)
        try records.add(offset: 0, value: #"{"id":"a"}"#)
        try records.add(offset: 1, value: #"{"id":"b","n":1.\#(zeros)}"#)
        try records.add(offset: 2, value: #"{"id":"c"}"#)
        let batch = records.sinkBatch()
        plan.add(batch, tables: [0], now: Self.start)
        var sent = 0
        while let next = plan.next(now: Self.start + .seconds(1)) {
            sent += next.entries.count
            _ = plan.complete(next, .applied(except: []), now: Self.start, random: 0)
        }
        #expect(sent == 2)
        #expect(batch.unresolved == 0)
    }

    @Test func `time for retries that the user set runs out`() throws {
        var options = WritePlan.Options()
        options.maximumRetryTime = .seconds(5)
        var plan = plan(options)
        plan.add(try records(["a"]), tables: [0], now: Self.start)
        var now = Self.start
        var isOverdue = false
        while !isOverdue {
            let next = try plan.take(now)
            isOverdue = plan.complete(next, .failed, now: now, random: 1)
            if !isOverdue { now = try #require(plan.nextDeadline) }
        }
        #expect(now - Self.start >= .seconds(5))
        #expect(now - Self.start == .seconds(5), "the last try comes at the end of the time")
    }

    @Test func `what is abandoned is not sent and gets no outcome`() throws {
        var plan = plan()
        let records = TestRecords()
        for offset in 0..<30 {
            try records.add(
                partition: Int32(offset % 2), offset: Int64(offset),
                value: #"{"id":"k\#(offset / 4)","v":\#(offset)}"#)
        }
        let batch = records.sinkBatch()
        plan.add(batch, tables: [0, 0], now: Self.start)
        let inFlight = try plan.take(Self.start)
        plan.abandon([1], now: Self.start)
        _ = plan.complete(inFlight, .failed, now: Self.start, random: 0)
        var sent: [Int64] = []
        while let next = plan.next(now: Self.start + .seconds(9)) {
            sent += try versions(in: next).compactMap(\.integer)
            _ = plan.complete(next, .applied(except: []), now: Self.start, random: 0)
        }
        #expect(sent.sorted() == (0..<15).map { $0 * 2 })
        #expect(plan.pendingCount == 0)
        #expect(plan.pendingCount(of: [0, 1]) == 0)
        #expect(batch.unresolved == 15)
    }

    @Test func `throttling halves the requests in flight, success brings them back`() throws {
        var options = WritePlan.Options()
        options.maximumRequests = 8
        options.sendsAtOnce = true
        var plan = plan(options)
        plan.add(try records((0..<400).map(String.init)), tables: [0], now: Self.start)
        var inFlight: [WriteBatch] = []
        while let next = plan.next(now: Self.start) { inFlight.append(next) }
        #expect(inFlight.count == 8)
        for batch in inFlight { _ = plan.complete(batch, .throttled, now: Self.start, random: 1) }
        #expect(plan.window.limit == 4, "one decrease for one round of requests")
        for _ in 0..<100 {
            let next = try plan.take(Self.start)
            _ = plan.complete(next, .applied(except: []), now: Self.start, random: 1)
        }
        #expect(plan.window.limit == 8)
    }

    /// Every kind of reply in random order: each version is applied after its predecessor, nothing
    /// is lost, nothing is acknowledged that was not applied.
    @Test(arguments: 0..<40)
    func `whatever the server does, order per key holds and nothing is lost`(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        var options = WritePlan.Options()
        options.maximumRequests = 6
        var plan = plan(options)
        var now = Self.start
        var batches: [SinkBatch] = []
        var inFlight: [WriteBatch] = []
        var applied: [String: Int64] = [:]
        var sent: [String: Int64] = [:]
        var toAdd = 40
        while toAdd > 0 || plan.pendingCount > 0 {
            if toAdd > 0, Int.random(in: 0..<3, using: &random) == 0 {
                let ids = (0..<30).map { _ in "k\(Int.random(in: 0..<20, using: &random))" }
                var versions: [(String, Int64)] = []
                for id in ids {
                    sent[id, default: 0] += 1
                    versions.append((id, sent[id] ?? 0))
                }
                let records = TestRecords()
                for (place, (id, version)) in versions.enumerated() {
                    try records.add(
                        offset: Int64(place), value: #"{"id":"\#(id)","v":\#(version)}"#)
                }
                batches.append(records.sinkBatch())
                plan.add(batches[batches.count - 1], tables: [0], now: now)
                toAdd -= 1
            }
            while let next = plan.next(now: now) { inFlight.append(next) }
            // A macro a turn would take most of the time.
            var hashes: Set<UInt64> = []
            for batch in inFlight {
                for entry in batch.entries where !hashes.insert(entry.hash).inserted {
                    Issue.record("a key is on its way twice")
                }
            }
            if inFlight.count > 6 { Issue.record("too many requests") }
            if inFlight.isEmpty {
                now = plan.nextDeadline ?? now
                continue
            }
            let batch = inFlight.remove(at: Int.random(in: 0..<inFlight.count, using: &random))
            let outcome = try reply(to: batch, &applied, &random)
            _ = plan.complete(
                batch, outcome, now: now, random: .random(in: 0...1, using: &random))
        }
        #expect(applied == sent)
        #expect(batches.allSatisfy { $0.unresolved == 0 })
    }

    private func reply(
        to batch: WriteBatch, _ applied: inout [String: Int64], _ random: inout SeededGenerator
    ) throws -> WritePlan.Outcome {
        func apply(_ requests: some Sequence<Value>) throws {
            for request in requests {
                let item = try #require(request["PutRequest"]?["Item"])
                let id = try #require(item["id"]?["S"]?.string)
                let version = try #require(item["v"]?["N"]?.string.flatMap(Int64.init))
                let last = applied[id, default: 0]
                #expect(version == last || version == last + 1, "\(id): \(version) after \(last)")
                applied[id] = version
            }
        }
        let requests = try requests(in: batch)
        switch Int.random(in: 0..<6, using: &random) {
        case 0: return .throttled
        case 1: return .failed
        case 2:
            try apply(requests)
            return .failed
        case 3:
            let left = batch.entries.indices.filter { _ in Bool.random(using: &random) }
            try apply(requests.indices.filter { !left.contains($0) }.map { requests[$0] })
            return .applied(except: Set(left.map { batch.entries[$0].hash }))
        default:
            try apply(requests)
            return .applied(except: [])
        }
    }

    private func requests(in batch: WriteBatch) throws -> [Value] {
        let body = try Value(json: Array(batch.body))
        return Array(try #require(body["RequestItems"]?["orders"]).elements)
    }

    private func versions(in batch: WriteBatch) throws -> [Value] {
        try requests(in: batch).map { request in
            let text = try #require(
                request["PutRequest"]?["Item"]?["v"]?.fields.first { _ in true }?.value.string)
            return .build { $0.number(text) }
        }
    }
}

extension WritePlan {
    /// The next batch, which there has to be.
    fileprivate mutating func take(_ now: ContinuousClock.Instant) throws -> WriteBatch {
        let batch = next(now: now)
        return try #require(batch)
    }
}
