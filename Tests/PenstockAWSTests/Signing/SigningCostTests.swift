import Glibc
import Penstock
import PenstockIO
import Testing

@testable import PenstockAWS

/// What signing a request of the record path costs.
@Suite struct SigningCostTests {
    private static let rounds = 201
    private static let signaturesPerRound = 20
    /// The goal is 8 us where the processor has instructions for SHA-256; this is three times that.
    private static let limit = 24.0

    /// An unoptimised build tells nothing.
    private static var isOptimized: Bool {
        #if DEBUG
        false
        #else
        true
        #endif
    }

    /// The median of a call's cost in microseconds of this thread's processor time, which other
    /// programs add nothing to but cold caches.
    private func cost(_ call: () throws -> Void) rethrows -> Double {
        var costs: [Double] = []
        for _ in 0..<Self.rounds {
            let start = Self.processorTime
            for _ in 0..<Self.signaturesPerRound { try call() }
            costs.append(Double(Self.processorTime - start) / Double(Self.signaturesPerRound))
        }
        return costs.sorted()[costs.count / 2] / 1000
    }

    private static var processorTime: Int {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }

    @Test(.enabled(if: Self.isOptimized, "only an optimised build tells"))
    func `signing 10 KB costs little more than hashing them`() throws {
        let body = [UInt8](repeating: 0x61, count: 10_240)
        let template = HTTPRequest(
            method: "POST", url: "https://dynamodb.eu-west-1.amazonaws.com/",
            headers: [
                HTTPHeader("Content-Type", "application/x-amz-json-1.0"),
                HTTPHeader("X-Amz-Target", "DynamoDB_20120810.BatchWriteItem"),
            ])
        let credentials = Credentials(
            accessKeyID: "AKID", secretAccessKey: "secret", sessionToken: "token")
        var signer = try RequestSigner(
            template, with: SigV4(region: "eu-west-1", service: "dynamodb"))
        let now = Timestamp(milliseconds: 1_700_000_000_000)
        let signing = try cost {
            _ = try signer.sign(body.span.bytes, with: credentials, at: now)
        }
        var context = try SHA256Context()
        let hashing = try cost { _ = try context.digest(body.span.bytes) }
        print("signing 10 KB: \(signing) us, of which hashing the body: \(hashing) us")
        // A processor without those instructions is not what is tested here.
        #expect(signing < max(Self.limit, 2 * hashing))
    }
}
