import Penstock
import Testing

@testable import PenstockKafka

@Suite struct `Renewal of tokens` {
    private let start = Timestamp(milliseconds: 1_000_000)

    private func token(issued: Int64 = 0, life: Int64) -> OAuthToken {
        OAuthToken(
            value: "t", principal: "p",
            issued: Timestamp(milliseconds: start.milliseconds + issued),
            expiration: Timestamp(milliseconds: start.milliseconds + issued + life))
    }

    private func later(_ milliseconds: Int64) -> Timestamp {
        Timestamp(milliseconds: start.milliseconds + milliseconds)
    }

    @Test(arguments: [(900_000, 720_000), (10_000, 8_000), (60_000, 48_000)] as [(Int64, Int64)])
    func `comes when 80 percent of the life are over`(life: Int64, due: Int64) {
        var renewal = TokenRenewal()
        #expect(
            renewal.obtained(token(life: life), at: start) == .ask(after: .milliseconds(due)))
    }

    @Test func `counts from the beginning of the life, not from the answer`() {
        var renewal = TokenRenewal()
        #expect(
            renewal.obtained(token(life: 100_000), at: later(30_000))
                == .ask(after: .milliseconds(50_000)))
    }

    @Test func `never comes in less than a second, also where the token has ended`() {
        var renewal = TokenRenewal()
        #expect(renewal.obtained(token(life: 500), at: start) == .ask(after: .seconds(1)))
        #expect(
            renewal.obtained(token(life: 500), at: later(100_000)) == .ask(after: .seconds(1)))
    }

    @Test func `is tried again after growing delays, at most 30 seconds`() {
        var renewal = TokenRenewal()
        _ = renewal.obtained(token(life: 1_000), at: start)
        var delays: [Duration] = []
        for _ in 0..<12 {
            guard
                case .ask(let delay) = renewal.failed(
                    .retriable, at: later(5_000), random: 0.999_999)
            else { return #expect(Bool(false)) }
            delays.append(delay)
        }
        #expect(zip(delays, delays.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(delays[0] < .milliseconds(501))
        #expect(delays[11] > .seconds(29) && delays[11] <= .seconds(30))
        // Success begins anew.
        _ = renewal.obtained(token(life: 1_000), at: start)
        #expect(
            renewal.failed(.retriable, at: start, random: 0) == .ask(after: .milliseconds(250)))
    }

    @Test func `that is refused ends nothing while the last token is good`() {
        var renewal = TokenRenewal()
        #expect(renewal.failed(.fatal, at: start, random: 0) == .giveUp)
        _ = renewal.obtained(token(life: 10_000), at: start)
        #expect(
            renewal.failed(.fatal, at: later(9_999), random: 0) == .ask(after: .milliseconds(250)))
        #expect(renewal.failed(.fatal, at: later(10_000), random: 0) == .giveUp)
    }

    @Test(arguments: [
        (Int64.min, Int64.max, Duration.seconds(24 * 3600)),
        (Int64.min, 1_000_000 + 60_000, .seconds(1)), (Int64.max, 1_000_000 + 10_000, .seconds(8)),
    ])
    func `takes whatever a program says of its tokens`(
        issued: Int64, expiration: Int64, delay: Duration
    ) {
        var renewal = TokenRenewal()
        let token = OAuthToken(
            value: "t", principal: "p", issued: Timestamp(milliseconds: issued),
            expiration: Timestamp(milliseconds: expiration))
        #expect(renewal.obtained(token, at: start) == .ask(after: delay))
    }

    @Test(
        arguments: [
            ("", 60_000, [:]), ("a b", 60_000, [:]), ("t\n", 60_000, [:]), ("t", 0, [:]),
            ("t", Int64.max - 1_000_000, [:]), ("t", 60_000, ["auth": "x"]),
            ("t", 60_000, ["tenant-id": "x"]), ("t", 60_000, ["": "x"]),
            ("t", 60_000, ["tenant": "x\u{1}y"]),
        ] as [(String, Int64, [String: String])])
    func `is given up where the library could not take the token`(
        value: String, life: Int64, extensions: [String: String]
    ) async {
        struct One: TokenProvider {
            let token: OAuthToken
            func token() async throws(TokenError) -> OAuthToken { token }
        }
        let now = start
        let token = OAuthToken(
            value: value, principal: "p", issued: now,
            expiration: Timestamp(milliseconds: now.milliseconds + life), extensions: extensions)
        let feed = TokenFeed(One(token: token), log: .disabled, now: { now })
        let error = await #expect(throws: TokenError.self) { try await feed.run() }
        #expect(error?.code == .malformed)
        #expect(!feed.isSupplied)
    }

    @Test func `of a good token goes on`() async throws {
        let now = start
        let good = OAuthToken(
            value: "abc.def-_~+/=", principal: "p", issued: now,
            expiration: Timestamp(milliseconds: now.milliseconds + 60_000),
            extensions: ["tenant": "t 1"])
        #expect(good.fault(at: now) == nil)
    }
}
