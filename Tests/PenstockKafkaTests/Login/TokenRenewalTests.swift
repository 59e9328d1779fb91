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
}
