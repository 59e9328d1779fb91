public import Penstock
import PenstockAWS
import Synchronization

/// A DynamoDB on loopback that keeps items, does what a script says and logs what was asked of it.
///
/// It speaks plain HTTP on a port of its own, so that whatever client is under test meets real
/// sockets. It enforces DynamoDB's own rules where a writer relies on them, and refuses with a
/// plain message what it does not know.
///
/// ```swift
/// try await ScriptedDynamoDB.run(seed: 7) { server in
///     server.script = [.on(.batchWriteItem, when: .first(3), do: .throttle())]
///     try await writeOrders(to: server.endpoint)
///     #expect(server.table("orders").count == 9)
/// }
/// ```
///
/// The same seed and the same order of requests give the same faults.
public final class ScriptedDynamoDB: Sendable {
    /// Where the server listens: `http://127.0.0.1:` and the port.
    public let endpoint: String

    let database: Database
    let stop: StopSignal
    private let log: Mutex<RequestLog>
    private let play: Mutex<ScriptState>
    private let pace: Mutex<Pace>
    private let accessKeys = Mutex(AccessKeys())
    private let started = ContinuousClock.now

    private struct Pace {
        var latency: Duration
        var isStalled = false
    }

    private init(
        _ sockets: SocketServer, seed: UInt64, creatingCalls: Int, latency: Duration, keepsLog: Bool
    ) {
        endpoint = "http://127.0.0.1:\(sockets.port)"
        stop = sockets.stop
        database = Database(creatingCalls: creatingCalls, keepsLog: keepsLog)
        log = Mutex(RequestLog(keeps: keepsLog))
        play = Mutex(ScriptState(seed: seed))
        pace = Mutex(Pace(latency: latency))
    }

    /// Runs a server for as long as `body` runs.
    ///
    /// When `body` returns or throws, every connection is ended and every thread has ended before
    /// this returns. Cancelling the task cancels `body` and nothing else.
    ///
    /// - Parameters:
    ///   - seed: What all chance in the script is decided by.
    ///   - creatingCalls: How many calls of DescribeTable find a new table still in CREATING.
    ///   - latency: How long every reply is held back.
    ///   - keepsLog: Whether ``requests`` and ``appliedWrites`` are kept; they grow as long as the
    ///     server runs.
    ///   - script: What the server does to requests from the start.
    ///   - body: Uses the server.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws, or a ``ScriptedDynamoDBError`` where the server cannot start.
    public static func run<Result>(
        seed: UInt64 = 0, creatingCalls: Int = 0, latency: Duration = .zero, keepsLog: Bool = true,
        script: [FaultRule] = [], _ body: (ScriptedDynamoDB) async throws -> Result
    ) async throws -> Result {
        let sockets = try SocketServer()
        let server = ScriptedDynamoDB(
            sockets, seed: seed, creatingCalls: creatingCalls, latency: latency, keepsLog: keepsLog)
        server.script = script
        try sockets.start { server.serve(&$0) }
        defer { sockets.end() }
        return try await body(server)
    }

    /// What the server does to requests; setting it begins all counts anew.
    public var script: [FaultRule] {
        get { play.withLock { $0.rules } }
        set { play.withLock { $0.begin(newValue) } }
    }

    /// How long every reply is held back; requests are applied as they come.
    public var latency: Duration {
        get { pace.withLock { $0.latency } }
        set { pace.withLock { $0.latency = newValue } }
    }

    /// Stops applying and answering until ``resume()``, with connections still accepted.
    ///
    /// A request whose client gives up meanwhile is dropped and never applied.
    public func stall() { pace.withLock { $0.isStalled = true } }

    /// Ends a ``stall()``: what has waited is applied and answered within 20 ms.
    public func resume() { pace.withLock { $0.isStalled = false } }

    /// Makes the server take only requests of access keys that it knows and that have not ended.
    ///
    /// Before the first call it takes every request. Others are refused as DynamoDB does it, with
    /// `UnrecognizedClientException` or `ExpiredTokenException`, before any rule of the script. The
    /// signature itself is not checked.
    ///
    /// - Parameters:
    ///   - accessKeyID: The key's name.
    ///   - sessionToken: The token that has to come with it.
    ///   - end: When it ends; nil for never.
    public func know(accessKeyID: String, sessionToken: String? = nil, until end: Timestamp?) {
        accessKeys.withLock { $0.know(accessKeyID, sessionToken, until: end) }
    }

    /// A table, whether it exists yet or not.
    public func table(_ name: String) -> TableHandle {
        TableHandle(name: name, database: database)
    }

    /// Every request so far in the order in which they came; empty where no log is kept.
    public var requests: [LoggedRequest] { log.withLock { $0.requests } }

    /// How many requests have come so far, also where no log is kept.
    public var requestCount: Int { log.withLock { $0.count } }

    /// Every write so far in the order in which they were applied; empty where no log is kept.
    public var appliedWrites: [AppliedWrite] { database.state.withLock { $0.writes } }

    /// How many writes have been applied so far, also where no log is kept.
    public var appliedWriteCount: Int { database.state.withLock { $0.writeCount } }
}

extension ScriptedDynamoDB {
    /// Enters a request in the log and returns its number.
    func enter(
        _ operation: DynamoDBOperation, _ body: Value, _ request: ReceivedRequest
    ) -> Int {
        let time = ContinuousClock.now - started
        return log.withLock { $0.enter(operation, body, time, request) }
    }

    /// Why a request is not taken, where it is not.
    func refusal(of request: ReceivedRequest) -> ServiceFailure? {
        accessKeys.withLock {
            $0.refusal(of: request.accessKeyID, request.sessionToken, at: SystemClock.now())
        }
    }

    func note(_ status: Int, request: Int) { log.withLock { $0.note(status, request: request) } }

    func plan(_ operation: DynamoDBOperation, _ body: Value) -> FaultPlan {
        let asksForKeys = play.withLock { $0.asksForKeys(operation) }
        let keys = asksForKeys ? database.keys(in: body, operation) : []
        return play.withLock { $0.plan(operation, keys: keys) }
    }

    /// Looks the same for the same request of the same server.
    func requestID(_ number: Int) -> String {
        var random = SeededRandom(play.withLock { $0.seed }, number)
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
        return String((0..<52).map { _ in letters[Int(random.next() % 36)] })
    }

    /// Waits while the server is stalled; false where the client or the server ended meanwhile.
    func waitWhileStalled(_ connection: borrowing HTTPConnection) -> Bool {
        while pace.withLock({ $0.isStalled }) {
            guard stop.wait(.milliseconds(20)), !connection.isHungUp else { return false }
        }
        return true
    }
}
