import Penstock
import Testing

@testable import PenstockDynamoDB

@Suite("The checksum of replies")
struct CRC32Tests {
    @Test(
        "is the well-known one",
        arguments: [
            ("", 0), ("123456789", 0xCBF4_3926), ("a", 0xE8B7_BE43),
            ("The quick brown fox jumps over the lazy dog", 0x414F_A339), ("{}", 2_745_614_147),
        ] as [(String, UInt32)])
    func known(text: String, checksum: UInt32) {
        #expect(Array(text.utf8).withUnsafeBytes { CRC32.checksum($0) } == checksum)
    }

    @Test("is the same eight bytes at a step and one at a step", arguments: 0...40)
    func lengths(count: Int) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 11) }
        var slow = ~UInt32(0)
        for byte in bytes {
            slow ^= UInt32(byte)
            for _ in 0..<8 { slow = slow & 1 == 1 ? slow >> 1 ^ 0xEDB8_8320 : slow >> 1 }
        }
        #expect(bytes.withUnsafeBytes { CRC32.checksum($0) } == ~slow)
    }

    @Test("a reply with the wrong one can be tried again; one without is taken")
    func mismatch() {
        let body = Array("{}".utf8)
        let fault = { DynamoDB.checksumFault(body, header: $0, status: 200, "PutItem") }
        #expect(fault("2745614147") == nil)
        #expect(fault(nil) == nil)
        #expect(fault("1")?.code == .checksumMismatch)
        #expect(fault("x")?.kind == .retriable)
    }
}
