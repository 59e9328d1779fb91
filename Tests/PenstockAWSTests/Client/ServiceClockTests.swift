import Penstock
import PenstockAWS
import Synchronization
import Testing

@Suite("The service's clock")
struct ServiceClockTests {
    private static let minute: Int64 = 60_000

    private static func at(minute number: Int64) -> Timestamp {
        Timestamp(milliseconds: number * minute)
    }

    @Test("what differs by four minutes or less is left alone", arguments: [-4, -1, 0, 4])
    func tolerated(minutes: Int64) {
        let clock = ServiceClock { Self.at(minute: 100) }
        let theirs = Self.at(minute: 100 + minutes)
        #expect(clock.compare(signedAt: clock.now, with: theirs) == .right)
        #expect(clock.now == Self.at(minute: 100))
    }

    @Test(
        "a clock that is wrong by more follows the reply, for good", arguments: [-90, -5, 5, 9000])
    func putRight(minutes: Int64) {
        let clock = ServiceClock { Self.at(minute: 100) }
        let signedAt = clock.now
        let theirs = Self.at(minute: 100 + minutes)
        #expect(
            clock.compare(signedAt: signedAt, with: theirs) == .putRight(by: minutes * Self.minute))
        #expect(clock.now == theirs)
        // The others of the same moment, refused for the same reason.
        #expect(clock.compare(signedAt: signedAt, with: theirs) == .rightByNow)
        #expect(clock.now == theirs)
        #expect(clock.compare(signedAt: clock.now, with: theirs) == .right)
    }

    @Test("when the machine's clock is put right later, the next refusal tells")
    func mendedLater() {
        let machine = Atomic<Int64>(0)
        let clock = ServiceClock {
            Timestamp(milliseconds: machine.load(ordering: .relaxed))
        }
        _ = clock.compare(signedAt: clock.now, with: Self.at(minute: 60))
        machine.store(60 * Self.minute, ordering: .relaxed)
        #expect(clock.now == Self.at(minute: 120))
        #expect(
            clock.compare(signedAt: clock.now, with: Self.at(minute: 60))
                == .putRight(by: -60 * Self.minute))
        #expect(clock.now == Self.at(minute: 60))
    }

    @Test("replies that come at the same moment put it right once")
    func parallel() async {
        for _ in 0..<200 {
            let clock = ServiceClock { Self.at(minute: 100) }
            let signedAt = clock.now
            await withTaskGroup { group in
                for _ in 0..<16 {
                    group.addTask {
                        #expect(
                            clock.compare(signedAt: signedAt, with: Self.at(minute: 30)) != .right)
                    }
                }
            }
            #expect(clock.now == Self.at(minute: 30))
            #expect(clock.correction == -70 * Self.minute)
        }
    }

    @Test(
        "the names under which a wrong clock is refused",
        arguments: [
            "InvalidSignatureException", "SignatureDoesNotMatch", "RequestExpired",
            "RequestTimeTooSkewed", "RequestInTheFuture",
        ])
    func names(code: String) {
        #expect(ServiceClock.mayCause(code))
        #expect(!ServiceClock.mayCause(code.lowercased()))
    }
}
