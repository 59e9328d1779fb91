/// What one poll brought.
package struct PollResult: Sendable, Hashable {
    /// How many records were appended to the batch.
    package var appended: Int
    /// Whether nothing was left to fetch; if not, poll again before waiting.
    package var isDrained: Bool
}
