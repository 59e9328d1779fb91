import Testing

@testable import PenstockIO

/// What an await costs that stays on the loop, in processor time of the loop's thread.
@Suite(.serialized) struct `Cost of an await on the loop` {
    #if DEBUG
    static let limit = Duration.microseconds(10)
    #else
    static let limit = Duration.microseconds(1)
    #endif
    static let count = 200_000

    @Test func `that the loop resumes`() async throws {
        try await withLoop { loop in
            let time = await loop.run {
                await measure {
                    for _ in 0..<Self.count {
                        await withUnsafeContinuation { continuation in
                            _ = loop.execute { continuation.resume() }
                        }
                    }
                }
            }
            report("resumed by a callback", time)
        }
    }

    @Test func `that only yields`() async throws {
        try await withLoop { loop in
            let time = await loop.run {
                await measure { for _ in 0..<Self.count { await Task.yield() } }
            }
            report("yield", time)
        }
    }

    @Test func `with 64 tasks in flight`() async throws {
        try await withLoop { loop in
            let time = await loop.run {
                await measure {
                    await withTaskGroup { group in
                        for _ in 0..<64 {
                            group.addTask {
                                for _ in 0..<(Self.count / 64) {
                                    await withUnsafeContinuation { continuation in
                                        _ = loop.execute { continuation.resume() }
                                    }
                                }
                            }
                        }
                    }
                }
            }
            report("64 in flight", time)
        }
    }

    private func report(_ what: String, _ time: Duration) {
        let each = time / Self.count
        print("An await on the loop, \(what): \(each)")
        #expect(each < Self.limit)
    }

    private func measure(_ body: () async -> Void) async -> Duration {
        let start = threadTime()
        await body()
        return threadTime() - start
    }
}
