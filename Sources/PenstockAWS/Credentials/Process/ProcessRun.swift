internal import Glibc
internal import PenstockIO
internal import Synchronization

/// Runs a program and takes its output, within limits of time and size.
///
/// The output is read while the program runs, so that a large one cannot stop it for ever. What is
/// over time, over size or cancelled is asked to end (SIGTERM), and made to after half a second, with
/// all that it started.
final class ProcessRun: Sendable {
    /// Why there is no output.
    enum Failure: Error, Hashable {
        case notStarted(SystemError)
        case timeout
        case tooMuchOutput
        case cancelled
        case ended(ChildProcess.End)
    }

    private let arguments: [String]
    private let environment: [String: String]
    private let timeout: Duration
    private let maximumOutput: Int
    private let isCancelled = Atomic(false)

    /// How long a program has between the two signals.
    private static let grace = Duration.milliseconds(500)
    /// How often, in milliseconds, a program without output is looked after.
    private static let interval: Int32 = 20

    init(
        _ arguments: [String], environment: [String: String], timeout: Duration, maximumOutput: Int
    ) {
        self.arguments = arguments
        self.environment = environment
        self.timeout = timeout
        self.maximumOutput = maximumOutput
    }

    /// What the program wrote before it exited with 0.
    ///
    /// A thread of its own does the waiting. Cancelling the task ends the program.
    func output() async throws(Failure) -> [UInt8] {
        let thread = BlockingThread(name: "aws-credentials", capacity: 1)
        let result: Result<[UInt8], Failure>
        do {
            result = try await withTaskCancellationHandler {
                try await thread.run { Result { () throws(Failure) in try self.run() } }
            } onCancel: {
                self.isCancelled.store(true, ordering: .relaxed)
            }
        } catch {
            // The call was cancelled before it began.
            result = .failure(.cancelled)
        }
        await thread.stop()
        return try result.get()
    }

    private func run() throws(Failure) -> [UInt8] {
        var process: ChildProcess
        do {
            process = try ChildProcess(arguments, environment: environment)
        } catch {
            throw .notStarted(error)
        }
        var output: [UInt8] = []
        let deadline = ContinuousClock.now + timeout
        while true {
            // Asked before the last reading: what an ended program wrote is in the pipe by then.
            let hasEnded = process.hasEnded()
            let isOpen = read(process.output, into: &output)
            if let failure = failure(deadline, output.count) {
                finish(&process)
                throw failure
            }
            if hasEnded { break }
            wait(for: process.output, isOpen: isOpen)
        }
        let end = process.reap()
        guard end == .exited(0) || end == .unknown else { throw .ended(end) }
        return output
    }

    private func failure(_ deadline: ContinuousClock.Instant, _ count: Int) -> Failure? {
        if isCancelled.load(ordering: .relaxed) { return .cancelled }
        if count > maximumOutput { return .tooMuchOutput }
        return ContinuousClock.now >= deadline ? .timeout : nil
    }

    /// Ends the program and all that it started.
    private func finish(_ process: inout ChildProcess) {
        process.signal(SIGTERM)
        let deadline = ContinuousClock.now + Self.grace
        while !process.hasEnded(), ContinuousClock.now < deadline {
            _ = poll(nil, 0, Self.interval)
        }
        process.signal(SIGKILL)
        _ = process.reap()
    }

    /// Waits for output, or for a while; a closed pipe would end each wait at once.
    private func wait(for descriptor: Int32, isOpen: Bool) {
        var request = pollfd(fd: isOpen ? descriptor : -1, events: Int16(POLLIN), revents: 0)
        _ = poll(&request, 1, Self.interval)
    }

    /// Reads what is there; false at the end.
    private func read(_ descriptor: Int32, into output: inout [UInt8]) -> Bool {
        var chunk = [UInt8](repeating: 0, count: 16 << 10)
        while output.count <= maximumOutput {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count == 0 { return false }
            if count < 0 {
                if errno == EINTR { continue }
                return errno == EAGAIN
            }
            output += chunk[..<count]
        }
        return true
    }
}
