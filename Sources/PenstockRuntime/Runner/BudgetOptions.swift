public import Penstock

/// How much a process may have in hand: records that were handed to the tasks of one connector and
/// are not yet durable, and the memory that holds them.
///
/// The tasks share it evenly.
public struct BudgetOptions: Sendable, Configurable {
    /// The most records.
    public var records = 20_000
    /// The most bytes; a task may exceed its share by one batch of at most 4 MiB and one record.
    public var bytes = 32 << 20

    /// Every option at its default.
    public init() {}

    /// The definitions.
    public static let options: [ConfigurationOption<BudgetOptions>] = [
        .init(
            "penstock.in.hand.records", \.records, .count.atLeast(1), importance: .low,
            "The most records that the tasks may have in hand together."),
        .init(
            "penstock.in.hand.bytes", \.bytes, .count.atLeast(1), importance: .low,
            "The most bytes that records in hand may take together."),
    ]
}
