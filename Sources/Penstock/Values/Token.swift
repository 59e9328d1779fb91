/// One node of a value: 16 bytes, no reference, no destructor.
///
/// A value is a run of tokens. A container's token is followed by those of its elements: an
/// array's values, a map's keys and values in turn, a struct's field values in schema order.
package struct Token {
    /// What the node is.
    package var kind: Value.Kind
    /// What is known about it beyond its kind.
    package var flags: Flags
    /// The schema's place in the arena's table; 0 for none.
    package var schema: UInt16
    /// How many tokens the node takes, itself included: the step to the next sibling.
    package var span: UInt32
    /// A scalar's bits, a text's range of bytes, or a container's number of elements or pairs.
    package var payload: UInt64

    package struct Flags: OptionSet {
        package let rawValue: UInt8
        @inlinable package init(rawValue: UInt8) { self.rawValue = rawValue }

        /// A string that stands in JSON as it is: no quote, backslash or control character.
        @inlinable package static var plain: Flags { Flags(rawValue: 1) }
        /// A number's text without point and exponent.
        @inlinable package static var integral: Flags { Flags(rawValue: 2) }
        /// A map's key whose pair was replaced by a later one; iteration leaves it out.
        @inlinable package static var shadowed: Flags { Flags(rawValue: 4) }
    }

    @inlinable
    package init(
        _ kind: Value.Kind, flags: Flags = [], schema: UInt16 = 0, span: UInt32 = 1,
        payload: UInt64 = 0
    ) {
        self.kind = kind
        self.flags = flags
        self.schema = schema
        self.span = span
        self.payload = payload
    }

    @inlinable
    package init(_ kind: Value.Kind, flags: Flags = [], schema: UInt16 = 0, range: ByteRange) {
        self.init(kind, flags: flags, schema: schema, payload: range.packed)
    }

    /// The bytes of a text, in the arena.
    @inlinable package var range: ByteRange { ByteRange(packed: payload) }
    /// A container's elements, or pairs.
    @inlinable package var count: Int { Int(truncatingIfNeeded: payload) }
    /// An integer's value.
    @inlinable package var integer: Int64 { Int64(bitPattern: payload) }
    /// A floating-point number's value; a float32's is exact in it.
    @inlinable package var double: Double { Double(bitPattern: payload) }
    /// A boolean's value.
    @inlinable package var boolean: Bool { payload != 0 }
}

/// A range of an arena's bytes.
package struct ByteRange: Equatable, Sendable {
    package var offset: UInt32
    package var count: UInt32

    @inlinable
    package init(offset: Int, count: Int) {
        self.offset = UInt32(truncatingIfNeeded: offset)
        self.count = UInt32(truncatingIfNeeded: count)
    }

    @inlinable
    package init(packed: UInt64) {
        offset = UInt32(truncatingIfNeeded: packed)
        count = UInt32(truncatingIfNeeded: packed >> 32)
    }

    @inlinable package var packed: UInt64 { UInt64(offset) | UInt64(count) << 32 }

    @inlinable package var indices: Range<Int> { Int(offset)..<Int(offset) + Int(count) }
}
