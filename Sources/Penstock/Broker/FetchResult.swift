/// What one poll brought.
package struct FetchResult: Sendable, Hashable {
    /// How many records were appended to the batch.
    package var appended: Int
    /// Whether nothing was left to fetch; if not, poll again before waiting.
    package var isDrained: Bool

    package init(appended: Int, isDrained: Bool) {
        self.appended = appended
        self.isDrained = isDrained
    }
}
