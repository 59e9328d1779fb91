import Penstock
import PenstockDynamoDB

/// The value of a key attribute in the one form that all spellings of it share.
///
/// Equality is DynamoDB's: numbers by value (1, 1.0 and 10E-1 are one key), strings and bytes by
/// their bytes. The order is that of DynamoDB's sort keys.
///
/// ```swift
/// let key = ItemKey(hash: "c1", sort: 42)
/// ```
public struct KeyValue: Hashable, Sendable {
    /// A letter for the type, then bytes that compare as the values do.
    let form: [UInt8]

    init(form: [UInt8]) { self.form = form }

    /// A string.
    public init(string: String) { form = [ScalarType.string.tag] + Array(string.utf8) }

    /// Bytes.
    public init(bytes: some Sequence<UInt8>) { form = [ScalarType.binary.tag] + Array(bytes) }

    /// A number given as decimal text, in whatever spelling.
    ///
    /// - Returns: nil where the text is no number.
    public init?(number: String) {
        var number = number
        let form = number.withUTF8 { SortableNumber.form(of: UnsafeRawBufferPointer($0)) }
        guard let form else { return nil }
        self.form = [ScalarType.number.tag] + form
    }

    /// The text of a string; nil for numbers and bytes.
    public var string: String? {
        type == .string ? String(decoding: form.dropFirst(), as: UTF8.self) : nil
    }

    /// A number without an exponent and without zeros that say nothing; nil for strings and bytes.
    public var number: String? {
        type == .number ? SortableNumber.text(of: form.dropFirst()) : nil
    }

    /// The bytes of a bytes value; nil for strings and numbers.
    public var bytes: [UInt8]? { type == .binary ? Array(form.dropFirst()) : nil }

    var type: ScalarType {
        switch form.first {
        case ScalarType.number.tag: .number
        case ScalarType.binary.tag: .binary
        default: .string
        }
    }
}

extension KeyValue: Comparable {
    /// Orders as DynamoDB orders sort keys: numbers by value, strings and bytes by their bytes.
    public static func < (lhs: KeyValue, rhs: KeyValue) -> Bool {
        lhs.form.precedes(rhs.form)
    }
}

extension KeyValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    /// A string.
    public init(stringLiteral value: String) { self.init(string: value) }

    /// A number.
    public init(integerLiteral value: Int) { self = KeyValue(value) }

    /// A number.
    public init(_ value: some BinaryInteger) {
        guard let key = KeyValue(number: "\(value)") else {
            preconditionFailure("an integer's text is a number")
        }
        self = key
    }
}

extension KeyValue: CustomStringConvertible {
    /// The text of a string or number, or the bytes in hexadecimal.
    public var description: String {
        string ?? number ?? form.dropFirst().map { String($0, radix: 16) }.joined(separator: " ")
    }
}
