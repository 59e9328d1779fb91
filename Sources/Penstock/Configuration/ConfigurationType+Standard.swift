extension ConfigurationType where Value == Bool {
    /// `true` or `false`, in any case.
    public static var boolean: Self {
        Self(
            kind: .boolean, allowed: "true or false",
            parse: {
                switch $0.lowercased() {
                case "true": true
                case "false": false
                default: nil
                }
            },
            accepts: { _ in true }, text: { String($0) })
    }
}

extension ConfigurationType where Value == String {
    /// Any text.
    public static var string: Self {
        Self(kind: .string, allowed: "text", parse: { $0 }, accepts: { _ in true }, text: { $0 })
    }
}

extension ConfigurationType where Value == Secret {
    /// Text that is never shown.
    public static var secret: Self {
        Self(
            kind: .password, allowed: "text", parse: { Secret($0) },
            accepts: { _ in true }, text: { $0.revealed })
    }
}

extension ConfigurationType where Value == [String] {
    /// Texts separated by commas; no text is the empty list.
    public static var list: Self {
        Self(
            kind: .list, allowed: "a list separated by commas", parse: PropertyText.list,
            accepts: { _ in true }, text: { $0.joined(separator: ",") })
    }
}

extension ConfigurationType where Value == Double {
    /// A floating-point number.
    public static var double: Self {
        Self(
            kind: .double, allowed: "a number", parse: PropertyText.double,
            accepts: { _ in true }, text: { String($0) })
    }
}

extension ConfigurationType where Value: FixedWidthInteger {
    fileprivate static func integer(_ kind: ConfigurationKind) -> Self {
        Self(
            kind: kind, allowed: "a whole number of \(Value.bitWidth) bits",
            parse: { PropertyText.integer($0) }, accepts: { _ in true }, text: { String($0) })
    }
}

extension ConfigurationType where Value == Int16 {
    /// A whole number of 16 bits.
    public static var int16: Self { integer(.short) }
}

extension ConfigurationType where Value == Int32 {
    /// A whole number of 32 bits.
    public static var int32: Self { integer(.int) }
}

extension ConfigurationType where Value == Int64 {
    /// A whole number of 64 bits.
    public static var int64: Self { integer(.long) }
}

extension ConfigurationType where Value == Int {
    /// A whole number of 32 bits, handed over as the word that Swift code counts with.
    public static var count: Self {
        Self(
            kind: .int, allowed: "a whole number of 32 bits",
            parse: { PropertyText.integer($0, as: Int32.self).map(Int.init) },
            accepts: { Int32(exactly: $0) != nil }, text: { String($0) })
    }
}
