import Synchronization
import Testing

@testable import PenstockIO

@Suite struct `Stopping a loop` {
    @Test func `lets waiting jobs finish and frees the loop`() async throws {
        let count = Atomic(0)
        var loop: EventLoop? = EventLoop(name: "test")
        weak let weakLoop = loop
        for _ in 0..<1000 { loop?.execute { count.wrappingAdd(1, ordering: .relaxed) } }
        await loop?.stop()
        #expect(count.load(ordering: .relaxed) == 1000)
        loop = nil
        try await eventually { weakLoop == nil }
    }

    @Test func `may be asked for again, by many, and on the loop itself`() async {
        let loop = EventLoop(name: "test")
        await withTaskGroup { group in
            for _ in 0..<4 { group.addTask { await loop.stop() } }
            group.addTask { await loop.run { await loop.stop() } }
        }
        await loop.stop()
        #expect(!loop.execute {})
    }

    @Test func `ends a sleep as if it had been cancelled`() async {
        let loop = EventLoop(name: "test")
        let task = Task { try await loop.run { try await loop.sleep(for: .seconds(60)) } }
        try? await Task.sleep(for: .milliseconds(5))
        await loop.stop()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test func `a task that outlives its loop ends on the pool`() async {
        let loop = EventLoop(name: "test")
        await loop.stop()
        let isOnLoop = await loop.run {
            await Task.yield()
            return loop.isCurrent
        }
        #expect(!isOnLoop)
        await #expect(throws: CancellationError.self) { try await loop.sleep(for: .seconds(60)) }
    }

    @Test func `many loops start and stop without leaving threads`() async throws {
        for _ in 0..<50 {
            let loop = EventLoop(name: "stop-test")
            #expect(await loop.run { loop.isCurrent })
            await loop.stop()
        }
        #expect(threadNames().filter { $0 == "stop-test" }.isEmpty)
    }
}
