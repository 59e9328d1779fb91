extension ConfigurationType where Value: Equatable {
    /// One of a few words.
    /// - Parameters:
    ///   - words: The words and what they stand for.
    ///   - ignoringCase: Whether upper and lower case are the same.
    /// - Returns: The type; its values are those of `words`.
    public static func choice(
        _ words: KeyValuePairs<String, Value>, ignoringCase: Bool = false
    ) -> Self {
        let table = words.map { (word: $0.key, value: $0.value) }
        return Self(
            kind: .string, allowed: "one of " + table.map(\.word).joined(separator: ", "),
            parse: { text in
                table.first {
                    ignoringCase ? $0.word.lowercased() == text.lowercased() : $0.word == text
                }?.value
            },
            accepts: { _ in true },
            text: { value in table.first { $0.value == value }?.word })
    }
}

extension ConfigurationType
where Value: RawRepresentable & CaseIterable & Equatable, Value.RawValue == String {
    /// One of an enumeration's raw values.
    public static func choice(of _: Value.Type = Value.self, ignoringCase: Bool = false) -> Self {
        let cases = Array(Value.allCases)
        return Self(
            kind: .string, allowed: "one of " + cases.map(\.rawValue).joined(separator: ", "),
            parse: { text in
                cases.first {
                    ignoringCase
                        ? $0.rawValue.lowercased() == text.lowercased() : $0.rawValue == text
                }
            },
            accepts: { _ in true }, text: { $0.rawValue })
    }
}
