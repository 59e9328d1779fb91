import Penstock
import PenstockAWS
import Testing

/// The cases of the AWS SDKs' specification of retries, and what follows from them.
@Suite("The rate of adaptive mode")
struct SendingRateTests {
    private struct Answer {
        var isThrottled = false
        var time: Double
        var rate: Double
    }

    private func expect(_ value: Double, _ expected: Double, within: Double = 1e-6) {
        #expect((value - expected).magnitude < within, "\(value) is not \(expected)")
    }

    @Test("the curve after a throttling, the published cases: success")
    func curve() {
        let curve = CubicRate(lastMaximum: 10, lastThrottling: 5)
        let cases: [(Double, Double)] = [
            (5, 7.0), (6, 9.64893600966), (7, 10.000030849917364), (8, 10.453284520772092),
            (9, 13.408697022224185), (10, 21.26626835427364), (11, 36.425998516920465),
        ]
        for (time, rate) in cases { expect(curve.rate(at: time), rate) }
    }

    @Test("the curve after a throttling, the published cases: mixed")
    func mixedCurve() {
        var curve = CubicRate(lastMaximum: 10, lastThrottling: 5)
        let cases = [
            Answer(time: 5, rate: 7), Answer(time: 6, rate: 9.64893600966),
            Answer(isThrottled: true, time: 7, rate: 6.754255206761999),
            Answer(isThrottled: true, time: 8, rate: 4.727978644733399),
            Answer(time: 9, rate: 6.606547753887045), Answer(time: 10, rate: 6.763279816944947),
            Answer(time: 11, rate: 7.598174833907107), Answer(time: 12, rate: 11.511232804773524),
        ]
        var last = 0.0
        for answer in cases {
            last =
                answer.isThrottled
                ? curve.throttled(rate: last, at: answer.time) : curve.rate(at: answer.time)
            expect(last, answer.rate)
        }
    }

    /// Tenths of a second, whether it is throttled, the measured and the allowed rate.
    private static let answers: [(Int, Bool, Double, Double)] = [
        (2, false, 0, 0.5), (4, false, 0, 0.5), (6, false, 4.8, 0.5), (8, false, 4.8, 0.5),
        (10, false, 4.16, 0.5), (12, false, 4.16, 0.6912), (14, false, 4.16, 1.0976),
        (16, false, 5.632, 1.6384), (18, false, 5.632, 2.3328), (20, true, 4.3264, 3.02848),
        (22, false, 4.3264, 3.486639), (24, false, 4.3264, 3.821874),
        (26, false, 5.66528, 4.053386), (28, false, 5.66528, 4.200373),
        (30, false, 4.333056, 4.282037), (32, true, 4.333056, 2.997426),
        (34, false, 4.333056, 3.452226),
    ]

    @Test("measured and allowed rate, the published case from end to end")
    func endToEnd() {
        var rate = SendingRate()
        for (tenths, isThrottled, measured, limit) in Self.answers {
            rate.answered(isThrottled: isThrottled, at: .milliseconds(tenths * 100))
            expect(rate.measured, measured)
            expect(rate.limit, limit)
        }
    }

    @Test("nothing waits before the first throttling")
    func unlimited() {
        var rate = SendingRate()
        var waited = Duration.zero
        for number in 0..<1000 {
            waited += rate.takeTurn(at: .milliseconds(number))
            rate.answered(isThrottled: false, at: .milliseconds(number))
        }
        #expect(waited == .zero)
        rate.answered(isThrottled: true, at: .seconds(1))
        for _ in 0..<2000 { waited += rate.takeTurn(at: .seconds(1)) }
        #expect(waited > .zero)
    }

    @Test("turns are given out one behind the other, at the allowed rate")
    func turns() {
        var rate = SendingRate()
        for number in 0..<100 { rate.answered(isThrottled: false, at: .milliseconds(number * 10)) }
        rate.answered(isThrottled: true, at: .seconds(1))
        let limit = rate.limit
        var delays: [Duration] = []
        for _ in 0..<200 { delays.append(rate.takeTurn(at: .seconds(1))) }
        let waits = delays.filter { $0 > .zero }
        #expect(waits.count > 100)
        for (one, next) in zip(waits, waits.dropFirst()) {
            expect((next - one) / .seconds(1), 1 / limit, within: 1e-9)
        }
        // One that leaves makes room for one.
        let before = rate.takeTurn(at: .seconds(1))
        rate.giveBackTurn()
        #expect(rate.takeTurn(at: .seconds(1)) == before)
    }

    @Test("however often it is throttled, half a request a second goes out")
    func floor() {
        var rate = SendingRate()
        for number in 1...500 { rate.answered(isThrottled: true, at: .seconds(number * 10)) }
        expect(rate.limit, 0.5)
        _ = rate.takeTurn(at: .seconds(5000))
        #expect(rate.takeTurn(at: .seconds(5000)) <= .seconds(2))
    }

    /// Sends as often as it may against a table that takes so many requests a second.
    @Test("it settles near what the other side takes", arguments: [5.0, 50, 400])
    func settling(capacity: Double) {
        var rate = SendingRate()
        var now = Duration.zero
        var tokens = capacity
        var throttled = 0
        var sent = 0
        while now < .seconds(120) {
            let turn = rate.takeTurn(at: now)
            let step = max(turn, .seconds(1 / (capacity * 4)))
            now += step
            tokens = min(capacity, tokens + capacity * (step / .seconds(1)))
            let isThrottled = tokens < 1
            if !isThrottled { tokens -= 1 }
            rate.answered(isThrottled: isThrottled, at: now)
            guard now > .seconds(20) else { continue }
            sent += 1
            throttled += isThrottled ? 1 : 0
        }
        // Without the limit three of four would be throttled.
        #expect(Double(throttled) < 0.25 * Double(sent))
        #expect(Double(sent - throttled) / 100 > 0.6 * capacity)
    }
}
