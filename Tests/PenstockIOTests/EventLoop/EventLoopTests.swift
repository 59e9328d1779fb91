import CPenstockSystem
import Glibc
import Synchronization
import Testing

@testable import PenstockIO

@Suite struct `Event loop` {
    @Test func `runs a task and its children on its own thread`() async throws {
        try await withLoop { loop in
            #expect(EventLoop.current == nil)
            #expect(!loop.isCurrent)
            let isOnLoop = await loop.run {
                await withTaskGroup(of: Bool.self) { group in
                    for _ in 0..<10 { group.addTask { EventLoop.current === loop } }
                    await Task.yield()
                    return await group.reduce(EventLoop.current === loop) { $0 && $1 }
                }
            }
            #expect(isOnLoop)
            #expect(EventLoop.current == nil)
        }
    }

    @Test func `passes errors through and keeps their type`() async throws {
        struct Refusal: Error, Equatable {}
        try await withLoop { loop in
            await #expect(throws: Refusal()) { try await loop.run { throw Refusal() } }
        }
    }

    @Test func `the shared loop starts with its first use`() async {
        #expect(await EventLoop.shared.run { EventLoop.current === EventLoop.shared })
    }

    @Test func `the thread carries the loop's name`() async throws {
        try await withLoop(name: "a-name-of-more-than-15-bytes") { loop in
            await loop.run {}
            #expect(threadNames().contains("a-name-of-more-"))
        }
    }

    @Test func `callbacks from many threads all run, each thread's in their order`() async throws {
        try await withLoop { loop in
            let seen = Locked([[Int]](repeating: [], count: 8))
            await withTaskGroup { group in
                for thread in 0..<8 {
                    group.addTask {
                        for number in 0..<2000 {
                            loop.execute { seen.withLock { $0[thread].append(number) } }
                        }
                    }
                }
            }
            await loop.run {}
            #expect(seen.withLock { $0 } == .init(repeating: Array(0..<2000), count: 8))
        }
    }

    @Test func `a flood of jobs leaves timers and descriptors their turn`() async throws {
        try await withLoop { loop in
            var ends: [Int32] = [0, 0]
            #expect(pipe2(&ends, O_CLOEXEC) == 0)
            let (readEnd, writeEnd) = (ends[0], ends[1])
            let isOver = Atomic(false)
            let events = Mutex((timers: 0, reads: 0))
            await loop.run {
                loop.schedule(after: .milliseconds(5)) {
                    events.withLock { $0.timers += 1 }
                    var byte: UInt8 = 1
                    _ = write(writeEnd, &byte, 1)
                }
                let watch = loop.watch(readEnd) {
                    var byte: UInt8 = 0
                    _ = read(readEnd, &byte, 1)
                    events.withLock { $0.reads += 1 }
                    isOver.store(true, ordering: .relaxed)
                }
                let start = ContinuousClock.now
                while !isOver.load(ordering: .relaxed), .now - start < .seconds(5) {
                    await Task.yield()
                }
                watch.cancel()
            }
            close(readEnd)
            close(writeEnd)
            #expect(events.withLock { $0.timers } == 1)
            #expect(events.withLock { $0.reads } == 1)
        }
    }

    @Test func `a descriptor wakes an idle loop, and no more after it was cancelled`() async throws
    {
        try await withLoop { loop in
            var ends: [Int32] = [0, 0]
            #expect(pipe2(&ends, O_CLOEXEC) == 0)
            let (readEnd, writeEnd) = (ends[0], ends[1])
            let count = Atomic(0)
            let watch = await loop.run {
                loop.watch(readEnd) {
                    var byte: UInt8 = 0
                    _ = read(readEnd, &byte, 1)
                    count.wrappingAdd(1, ordering: .relaxed)
                }
            }
            for expected in 1...3 {
                var byte: UInt8 = 1
                _ = write(writeEnd, &byte, 1)
                try await eventually { count.load(ordering: .relaxed) == expected }
            }
            await loop.run { watch.cancel() }
            var byte: UInt8 = 1
            _ = write(writeEnd, &byte, 1)
            try await loop.sleep(for: .milliseconds(20))
            #expect(count.load(ordering: .relaxed) == 3)
            close(readEnd)
            close(writeEnd)
        }
    }

    @Test func `a descriptor whose other end is gone can be read`() async throws {
        try await withLoop { loop in
            var ends: [Int32] = [0, 0]
            #expect(pipe2(&ends, O_CLOEXEC) == 0)
            let (readEnd, writeEnd) = (ends[0], ends[1])
            let ended = Atomic(false)
            let watch = await loop.run {
                loop.watch(readEnd) {
                    var byte: UInt8 = 0
                    if read(readEnd, &byte, 1) == 0 { ended.store(true, ordering: .relaxed) }
                }
            }
            close(writeEnd)
            try await eventually { ended.load(ordering: .relaxed) }
            await loop.run { watch.cancel() }
            close(readEnd)
        }
    }

    @Test func `a watch may be cancelled after its loop has ended`() async {
        let loop = EventLoop(name: "test")
        let watch = await loop.run { loop.watch(0) {} }
        await loop.stop()
        watch.cancel()
    }

    @Test func `an idle loop uses no processor time`() async throws {
        try await withLoop { loop in
            let before = await loop.run { threadTime() }
            try await Task.sleep(for: .milliseconds(300))
            let after = await loop.run { threadTime() }
            #expect(after - before < .milliseconds(20))
        }
    }
}
