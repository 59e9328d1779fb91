/// Why DynamoDB throttles a request, by its name in `ThrottlingReasons`.
public struct ThrottlingReason: RawRepresentable, Hashable, Sendable {
    /// The name, as `TableWriteKeyRangeThroughputExceeded`.
    public let rawValue: String

    /// Names a reason.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The table's provisioned write capacity is used up.
    public static let tableWriteProvisioned = ThrottlingReason(
        rawValue: "TableWriteProvisionedThroughputExceeded")
    /// One partition of the table is written to more than a partition bears: a hot key.
    public static let tableWriteKeyRange = ThrottlingReason(
        rawValue: "TableWriteKeyRangeThroughputExceeded")
    /// The account's write capacity is used up.
    public static let tableWriteAccountLimit = ThrottlingReason(
        rawValue: "TableWriteAccountLimitExceeded")
    /// The limit that the on-demand table was given is reached.
    public static let tableWriteMaximumOnDemand = ThrottlingReason(
        rawValue: "TableWriteMaxOnDemandThroughputExceeded")
    /// The table's provisioned read capacity is used up.
    public static let tableReadProvisioned = ThrottlingReason(
        rawValue: "TableReadProvisionedThroughputExceeded")
}
