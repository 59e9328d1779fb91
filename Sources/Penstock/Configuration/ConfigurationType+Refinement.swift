extension ConfigurationType {
    /// The same, where `accepts` holds.
    /// - Parameters:
    ///   - allowed: What is allowed now, as it reads after "must be".
    ///   - accepts: Tells whether a value is allowed.
    /// - Returns: The narrower type.
    public func satisfying(
        _ allowed: String, _ accepts: @escaping @Sendable (Value) -> Bool
    ) -> Self {
        Self(
            kind: kind, allowed: allowed, parse: parse,
            accepts: { [accepted = self.accepts] in accepted($0) && accepts($0) }, text: text)
    }

    func narrowed(to more: String, _ accepts: @escaping @Sendable (Value) -> Bool) -> Self {
        satisfying(allowed + more, accepts)
    }

    /// The same, where there may be no value.
    ///
    /// Of texts an empty one is none; an empty number is as wrong as in Connect.
    var optional: ConfigurationType<Value?> {
        let emptyIsNone = kind == .string || kind == .password
        return ConfigurationType<Value?>(
            kind: kind, allowed: allowed,
            parse: { [parse] in
                emptyIsNone && $0.isEmpty ? .some(nil) : parse($0).map { .some($0) }
            },
            accepts: { [accepts] in $0.map(accepts) ?? true },
            text: { [text] in $0.flatMap(text) })
    }
}

extension ConfigurationType where Value: Comparable & Numeric {
    /// The same, at least `minimum`.
    public func atLeast(_ minimum: Value) -> Self {
        narrowed(to: " of at least \(minimum)") { $0 >= minimum }
    }

    /// The same, within `range`, both ends included.
    public func between(_ range: ClosedRange<Value>) -> Self {
        narrowed(to: " from \(range.lowerBound) to \(range.upperBound)") { range.contains($0) }
    }
}

extension ConfigurationType where Value: Collection {
    /// The same, not empty.
    public var nonEmpty: Self { narrowed(to: " that is not empty") { !$0.isEmpty } }
}
