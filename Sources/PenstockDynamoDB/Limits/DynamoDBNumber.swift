internal import Penstock

/// DynamoDB's rules for numbers, over their text and without `Double`.
package enum DynamoDBNumber {
    /// The most digits that count.
    package static let maximumDigits = 38
    /// The powers of ten that the first digit may have.
    package static let exponents = -130...125

    /// Why DynamoDB would refuse a number.
    package enum Fault: Hashable, Sendable {
        /// It is no number, or its exponent does not fit 64 bits.
        case notNumeric
        /// More than 38 digits count.
        case tooManyDigits
        /// Its magnitude is 1E126 or larger.
        case overflow
        /// Its magnitude is smaller than 1E-130 and it is not zero, or it is a zero written so.
        case underflow
    }

    /// What is wrong with a number; nil where DynamoDB takes it.
    package static func fault(in text: UnsafeRawBufferPointer) -> Fault? {
        guard let number = DecimalText(text), !number.isExponentSaturated else {
            return .notNumeric
        }
        if number.digitCount > maximumDigits { return .tooManyDigits }
        // A zero is judged by the exponent it is written with.
        if number.exponent > exponents.upperBound { return .overflow }
        if number.exponent < exponents.lowerBound { return .underflow }
        return nil
    }

    /// What a number takes of an item's size, in bytes; 0 for what is no number.
    ///
    /// One byte, one for each pair of digits before the point, one for each behind it, one for a
    /// minus sign. AWS's guide counts less; this is what its servers were seen to count.
    package static func size(of text: UnsafeRawBufferPointer) -> Int {
        guard let number = DecimalText(text) else { return 0 }
        guard !number.isZero else { return 1 }
        let (before, behind) = split(number)
        return 1 + (before + 1) / 2 + (behind + 1) / 2 + (number.isNegative ? 1 : 0)
    }

    /// How many of the digits that count stand before the point, and how many behind it.
    private static func split(_ number: DecimalText) -> (before: Int, behind: Int) {
        guard number.exponent >= 0 else { return (0, number.digitCount) }
        guard number.digitCount > number.exponent + 1 else { return (number.digitCount, 0) }
        return (number.exponent + 1, number.digitCount - number.exponent - 1)
    }
}

extension DynamoDBNumber {
    /// A number as DynamoDB gives it back: without exponent and idle zeros; nil for no number.
    package static func plain(_ text: String) -> String? {
        text.withBytes { bytes in
            var output: [UInt8] = []
            guard let number = DecimalText(bytes), number.appendPlain(of: bytes, to: &output) else {
                return nil
            }
            return String(decoding: output, as: UTF8.self)
        }
    }
}
