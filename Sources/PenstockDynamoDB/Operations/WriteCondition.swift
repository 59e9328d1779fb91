/// A condition under which a write happens, with what its placeholders stand for.
///
/// ```swift
/// WriteCondition("attribute_not_exists(#k) OR version < :v", names: ["#k": "id"], values: [":v": 3])
/// ```
public struct WriteCondition: Sendable, Hashable {
    /// The expression, in DynamoDB's language.
    public var expression: String
    /// Names of attributes by their placeholders, which begin with `#`.
    public var names: [String: String]
    /// Values by their placeholders, which begin with `:`.
    public var values: Item
    /// Whether the error of a condition that does not hold brings the item that is there.
    public var returnsItemOnFailure = false

    /// A condition of an expression.
    public init(_ expression: String, names: [String: String] = [:], values: Item = [:]) {
        self.expression = expression
        self.names = names
        self.values = values
    }
}

extension RequestFields {
    /// Writes a condition without its placeholders, which a request has in one place for all.
    mutating func condition(_ condition: WriteCondition?) {
        guard let condition else { return }
        string("ConditionExpression", condition.expression)
        if condition.returnsItemOnFailure {
            string("ReturnValuesOnConditionCheckFailure", "ALL_OLD")
        }
    }
}
