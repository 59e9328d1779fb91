/// Which parts of a batch the server leaves undone and hands back.
public struct UnprocessedSelection: Sendable {
    enum Form {
        case first(Int)
        case fraction(Double)
        case keys(@Sendable (ItemKey) -> Bool)
    }

    let form: Form

    /// The whole batch.
    public static let all = first(.max)

    /// So many, from the batch's beginning.
    public static func first(_ count: Int) -> UnprocessedSelection {
        UnprocessedSelection(form: .first(count))
    }

    /// Each with a probability between 0 and 1, decided by the server's seed.
    public static func fraction(_ probability: Double) -> UnprocessedSelection {
        UnprocessedSelection(form: .fraction(probability))
    }

    /// Those whose key satisfies a condition.
    public static func `where`(
        _ condition: @escaping @Sendable (ItemKey) -> Bool
    ) -> UnprocessedSelection {
        UnprocessedSelection(form: .keys(condition))
    }
}
