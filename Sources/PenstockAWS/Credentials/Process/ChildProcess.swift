internal import CPenstockOpenSSL
internal import Glibc
internal import Synchronization

/// A program that runs with a pipe for its output, and no terminal.
///
/// It is the leader of a session of its own, so that it cannot ask for a password where nobody
/// reads the question, and so that all that it starts can be ended with it. Its standard input is
/// empty, its error output goes nowhere, every other descriptor is closed. Signals are as if a
/// shell had started it: the threads of this package block them.
///
/// The one owner of the process and of the pipe: both are gone when it is.
struct ChildProcess: ~Copyable {
    /// How a program ended.
    enum End: Hashable {
        case exited(Int32)
        case killed(signal: Int32)
        /// Somebody else waited for it first.
        case unknown
    }

    private let process: pid_t
    /// The pipe's end from which the output is read, without blocking.
    let output: Int32
    private var end: End?

    /// Starts a program, which is looked for in `PATH` where its name has no slash.
    ///
    /// - Throws: ``SystemError``.
    init(_ arguments: [String], environment: [String: String]) throws(SystemError) {
        var pipe = [Int32](repeating: -1, count: 2)
        guard pipe2(&pipe, O_CLOEXEC) == 0 else { throw SystemError(errno) }
        let output = pipe[0]
        let flags = fcntl(output, F_SETFL, O_NONBLOCK)
        var process = pid_t()
        let code =
            flags == 0
            ? Self.spawn(&process, arguments, environment, writingTo: pipe[1]) : errno
        close(pipe[1])
        guard code == 0 else {
            close(output)
            throw SystemError(code)
        }
        self.process = process
        self.output = output
    }

    deinit {
        close(output)
        guard end == nil else { return }
        kill(-process, SIGKILL)
        while waitpid(process, nil, 0) < 0, errno == EINTR {}
    }

    /// Sends a signal to the program and to all that it started; nothing once it was reaped, since
    /// its number may then be another's.
    func signal(_ signal: Int32) {
        if end == nil { kill(-process, signal) }
    }

    /// Whether it has ended; what it started may run on, and its number is kept for ``signal(_:)``.
    func hasEnded() -> Bool {
        guard end == nil else { return true }
        var information = siginfo_t()
        information.si_signo = 0
        let code = waitid(P_PID, id_t(process), &information, WEXITED | WNOHANG | WNOWAIT)
        // Where it fails, somebody else has waited.
        return code != 0 || information.si_signo != 0
    }

    /// How it ended; waits until it has.
    mutating func reap() -> End {
        if let end { return end }
        var status: Int32 = 0
        var code = waitpid(process, &status, 0)
        while code < 0, errno == EINTR { code = waitpid(process, &status, 0) }
        let end: End =
            code < 0
            ? .unknown
            : status & 0x7F == 0 ? .exited(status >> 8 & 0xFF) : .killed(signal: status & 0x7F)
        self.end = end
        return end
    }

    private static func spawn(
        _ process: inout pid_t, _ arguments: [String], _ environment: [String: String],
        writingTo output: Int32
    ) -> Int32 {
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        // The pipe first: where this process has no descriptors 0 to 2, it has one of these numbers.
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1)
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        let flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | PENSTOCK_SPAWN_SETSID
        posix_spawnattr_setflags(&attributes, Int16(flags))
        let argv = CStrings(arguments)
        let variables = CStrings(environment.map { "\($0.key)=\($0.value)" })
        return posix_spawnp(
            &process, arguments[0], &actions, &attributes, argv.pointer, variables.pointer)
    }
}

/// A list of C strings that ends with a null pointer, as programs are started with.
private struct CStrings: ~Copyable {
    let pointer: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
    private let count: Int

    init(_ texts: [String]) {
        count = texts.count
        pointer = .allocate(capacity: count + 1)
        for (index, text) in texts.enumerated() {
            (pointer + index).initialize(to: strdup(text))
        }
        (pointer + count).initialize(to: nil)
    }

    deinit {
        for index in 0..<count { free(pointer[index]) }
        pointer.deallocate()
    }
}
