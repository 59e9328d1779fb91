/// The jobs of one loop, first in first out.
///
/// Bound: a Swift task has at most one job waiting anywhere, so the queue is as long as the number
/// of tasks on the loop, plus the callbacks under way to it.
struct JobQueue: ~Copyable {
    private var current: [LoopJob] = []
    private var position = 0
    private var next: [LoopJob] = []

    /// Room that is kept for reuse; what a flood has needed beyond it is given back.
    private static let keptCapacity = 4096

    var isEmpty: Bool { position == current.count && next.isEmpty }

    mutating func append(_ job: LoopJob) { next.append(job) }

    /// Takes over all jobs of `others`, which is left empty but with room.
    mutating func append(draining others: inout [LoopJob]) {
        if next.isEmpty {
            swap(&next, &others)
        } else {
            next.append(contentsOf: others)
            others.removeAll(keepingCapacity: others.capacity <= Self.keptCapacity)
        }
    }

    mutating func popFirst() -> LoopJob? {
        if position == current.count {
            guard !next.isEmpty else { return nil }
            current.removeAll(keepingCapacity: current.capacity <= Self.keptCapacity)
            swap(&current, &next)
            position = 0
        }
        var job = LoopJob.taken
        swap(&job, &current[position])
        position += 1
        return job
    }
}
