import Penstock
import PenstockDynamoDB

/// What DynamoDB asks of a number, and how it gives it back.
enum NumberRule {
    /// The bytes that a number counts for in an item.
    static func size(of text: UnsafeRawBufferPointer) throws(ServiceFailure) -> Int {
        guard let fault = DynamoDBNumber.fault(in: text) else {
            return DynamoDBNumber.size(of: text)
        }
        switch fault {
        case .notNumeric:
            throw .validation(
                "The parameter cannot be converted to a numeric value: "
                    + String(decoding: text, as: UTF8.self))
        case .overflow:
            throw .validation(
                "Number overflow. "
                    + "Attempting to store a number with magnitude larger than supported range")
        case .underflow:
            throw .validation(
                "Number underflow. "
                    + "Attempting to store a number with magnitude smaller than supported range")
        case .tooManyDigits:
            throw .validation("Attempting to store more than 38 significant digits in a Number")
        }
    }

    /// Writes a number that passed ``size(of:)`` in plain decimals.
    static func write(_ text: UnsafeRawBufferPointer, to output: inout OutputBuffer) {
        if isPlainInteger(text) {
            output.append(text)
            return
        }
        var plain: [UInt8] = []
        let written = DecimalText(text)?.appendPlain(of: text, to: &plain) ?? false
        precondition(written, "the number was checked")
        plain.withUnsafeBytes { output.append($0) }
    }

    /// Whether it is an integer as DynamoDB writes it, which most numbers are.
    private static func isPlainInteger(_ text: UnsafeRawBufferPointer) -> Bool {
        var offset = 0
        if text.count > 1, text[0] == 0x2D { offset = 1 }
        guard offset < text.count, text[offset] &- 0x31 < 9 || text.count == 1 && text[0] == 0x30
        else { return false }
        while offset < text.count {
            guard text[offset] &- 0x30 < 10 else { return false }
            offset += 1
        }
        return true
    }
}
