/// Waits until a condition holds; false when the time is over first.
func eventually(
    atMost limit: Duration = .seconds(20), _ condition: () async -> Bool
) async throws -> Bool {
    let deadline = ContinuousClock.now + limit
    // Counted as well as timed: on a busy machine a task may sleep for longer than the limit.
    var tries = 0
    while await !condition() {
        tries += 1
        guard ContinuousClock.now < deadline || tries < 50 else { return false }
        try await Task.sleep(for: .milliseconds(5))
    }
    return true
}
