/// One line of a server's script: which requests, when, and what happens to them.
///
/// ```swift
/// server.script = [
///     .on(.batchWriteItem, when: .nth(2), do: .throttle()),
///     .on(.batchWriteItem, when: .probability(0.1), do: .resetAfterApplying),
///     .on(.batchWriteItem, touching: { $0.hash == "c1" }, do: .unprocessed(.first(1))),
/// ]
/// ```
///
/// Every rule counts its own requests and is asked about each; what strikes one request adds up.
public struct FaultRule: Sendable {
    let operation: DynamoDBOperation?
    let occasion: FaultOccasion
    let touches: (@Sendable (ItemKey) -> Bool)?
    let faults: [Fault]

    /// A rule about the requests of one operation.
    ///
    /// - Parameters:
    ///   - operation: The operation.
    ///   - occasion: Which of its requests.
    ///   - touches: Narrows the rule to requests that name a key of which this is true; only they
    ///     are counted. It must not use the server.
    ///   - faults: What happens to them.
    /// - Returns: The rule.
    public static func on(
        _ operation: DynamoDBOperation, when occasion: FaultOccasion = .always,
        touching touches: (@Sendable (ItemKey) -> Bool)? = nil, do faults: Fault...
    ) -> FaultRule {
        FaultRule(operation: operation, occasion: occasion, touches: touches, faults: faults)
    }

    /// A rule about the requests of every operation.
    ///
    /// - Parameters:
    ///   - occasion: Which of them.
    ///   - touches: Narrows the rule to requests that name a key of which this is true; only they
    ///     are counted. It must not use the server.
    ///   - faults: What happens to them.
    /// - Returns: The rule.
    public static func onAny(
        when occasion: FaultOccasion = .always,
        touching touches: (@Sendable (ItemKey) -> Bool)? = nil, do faults: Fault...
    ) -> FaultRule {
        FaultRule(operation: nil, occasion: occasion, touches: touches, faults: faults)
    }
}
