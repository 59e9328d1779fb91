/// Which part of a record could not be converted, and why.
package struct RecordConversionError: Error, Sendable, CustomStringConvertible {
    /// A part that has a converter of its own.
    package enum Part: Sendable, Hashable {
        case key
        case value
        case header(String)
    }

    package let part: Part
    package let cause: ConversionError

    /// The part and the reason; never any of the record's content.
    package var description: String {
        switch part {
        case .key: "the key could not be converted: \(cause)"
        case .value: "the value could not be converted: \(cause)"
        case .header(let name): "the header \(name) could not be converted: \(cause)"
        }
    }
}
