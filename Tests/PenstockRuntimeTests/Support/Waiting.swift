/// Waits until a condition holds; false when the time is over first.
func eventually(
    atMost limit: Duration = .seconds(20), _ condition: () async -> Bool
) async throws -> Bool {
    let deadline = ContinuousClock.now + limit
    while await !condition() {
        guard ContinuousClock.now < deadline else { return false }
        try await Task.sleep(for: .milliseconds(5))
    }
    return true
}
