import PenstockDynamoDB
import Testing

@Suite("DynamoDB's rules for numbers")
struct DynamoDBNumberTests {
    @Test(
        "sizes as AWS's servers count them",
        arguments: [
            ("0", 1), ("1", 2), ("12", 2), ("123", 3), ("1234", 3),
            ("12345678901234567890123456789012345678", 20), ("0042", 2), ("100", 2), ("1010", 3),
            ("0.0000001", 2), ("1E125", 2), ("1E-100", 2), ("1.5", 3), ("15", 2), ("1.2", 3),
            ("1.200", 3), ("1.234", 4), ("3.14159", 5), ("123456", 4), ("100.5", 4), ("0.15", 2),
            ("-42", 3), ("-0", 1), ("10.05", 3), ("0.105", 3),
        ])
    func size(number: String, expected: Int) {
        #expect(AttributeValue.n(number).sizeInBytes == expected)
    }

    @Test(
        "what is refused, and why",
        arguments: [
            ("123456789012345678901234567890123456789", DynamoDBNumber.Fault.tooManyDigits),
            ("1.00000000000000000000000000000000000001", .tooManyDigits),
            ("1E+126", .overflow), ("-1E+126", .overflow), ("10E125", .overflow),
            ("1e99999999999", .overflow), ("1e2147483648", .overflow), ("0e126", .overflow),
            ("1E-131", .underflow), ("0.1E-130", .underflow), ("1e-99999999999", .underflow),
            ("0e-131", .underflow), ("1e9223372036854775808", .notNumeric), ("", .notNumeric),
            ("NaN", .notNumeric), ("Infinity", .notNumeric), ("-", .notNumeric),
            (" 1", .notNumeric), ("1,0", .notNumeric),
        ])
    func refused(number: String, fault: DynamoDBNumber.Fault) {
        #expect(self.fault(number) == fault)
    }

    @Test(
        "what is taken",
        arguments: [
            "12345678901234567890123456789012345678",
            "9.9999999999999999999999999999999999999E+125",
            "-9.9999999999999999999999999999999999999E+125", "1E-130", "-1E-130", "1.5E-130",
            "00042", "-0", "0e125", "0e-130", "1.0000000000000000000000000000000000000000000",
            "100000000000000000000000000000000000000000000", "+1", ".5", "5.",
        ])
    func taken(number: String) { #expect(fault(number) == nil) }

    @Test(
        "numbers come back plain",
        arguments: [
            ("0042.1200", "42.12"), ("1.5E2", "150"), ("-0", "0"), ("1.0", "1"),
            ("3.1400", "3.14"),
        ])
    func plain(number: String, expected: String) {
        #expect(DynamoDBNumber.plain(number) == expected)
        #expect(DynamoDBNumber.plain("1E125")?.count == 126)
    }

    private func fault(_ number: String) -> DynamoDBNumber.Fault? {
        Array(number.utf8).withUnsafeBytes { DynamoDBNumber.fault(in: $0) }
    }
}
