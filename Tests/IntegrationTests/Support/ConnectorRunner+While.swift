import PenstockRuntime

extension ConnectorRunner {
    /// Runs the connector for as long as `body` runs.
    ///
    /// - Throws: What either of them throws.
    func run(while body: @escaping @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup { group in
            group.addTask { try await run() }
            try await body()
            group.cancelAll()
            try await group.waitForAll()
        }
    }
}
