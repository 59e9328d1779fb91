import Glibc
import Penstock
import Synchronization

/// A program in a process of its own, its output in files; killed at the latest with its owner.
final class ChildProcess: Sendable {
    /// How a process ended.
    enum End: Equatable {
        case exit(Int32)
        case signal(Int32)
    }

    struct StartError: Error {
        let program: String
        let code: Int32
    }

    let identifier: pid_t
    private let folder: TemporaryFolder
    private let name: String
    private let end = Mutex<End?>(nil)

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - program: Its path.
    ///   - arguments: Without the program's own name.
    ///   - environment: All of it.
    ///   - folder: Where its output goes, and where it works.
    ///   - name: What its output's files are called.
    /// - Throws: A ``StartError`` where the system cannot start it.
    init(
        _ program: String, _ arguments: [String], environment: [String: String],
        folder: TemporaryFolder, name: String
    ) throws {
        self.folder = folder
        self.name = name
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        for (descriptor, suffix) in [(Int32(1), "out"), (2, "err")] {
            let file = "\(folder.path)/\(name).\(suffix)"
            posix_spawn_file_actions_addopen(
                &actions, descriptor, file, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        let words = ([program] + arguments).map { strdup($0) } + [nil]
        let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in words + variables { free(text) } }
        var identifier: pid_t = 0
        let code = posix_spawn(&identifier, program, &actions, &attributes, words, variables)
        guard code == 0 else { throw StartError(program: program, code: code) }
        self.identifier = identifier
    }

    deinit {
        guard poll() == nil else { return }
        Glibc.kill(identifier, SIGKILL)
        waitpid(identifier, nil, 0)
    }

    /// How it ended; nil while it runs.
    func poll() -> End? {
        end.withLock { end in
            if let end { return end }
            var status: Int32 = 0
            guard waitpid(identifier, &status, WNOHANG) == identifier else { return nil }
            let signal = status & 0x7F
            end = signal == 0 ? .exit((status >> 8) & 0xFF) : .signal(signal)
            return end
        }
    }

    var isRunning: Bool { poll() == nil }

    /// Sends a signal, if it still runs.
    func send(_ signal: Int32) { if isRunning { Glibc.kill(identifier, signal) } }

    /// Waits for its end; nil where it runs longer.
    func end(atMost limit: Duration = .seconds(30)) async throws -> End? {
        _ = try await eventually(atMost: limit) { poll() != nil }
        return poll()
    }

    /// Ends it by force.
    func kill() async throws {
        send(SIGKILL)
        _ = try await end()
    }

    /// What it wrote to standard output so far.
    var output: String { folder.read(name + ".out") }
    /// What it wrote to standard error so far.
    var errors: String { folder.read(name + ".err") }
    /// The lines of standard error that hold a text.
    func lines(_ text: String) -> [Substring] {
        errors.split(separator: "\n").filter { $0.contains(text) }
    }

    /// The lines of the command's log of a level.
    func lines(at level: LogLevel) -> [Substring] {
        errors.split(separator: "\n").filter {
            $0.split(separator: " ").dropFirst().first == "\(level)"
        }
    }

    /// The memory it has resident, in bytes; 0 when it is gone.
    var residentBytes: Int {
        guard let file = fopen("/proc/\(identifier)/statm", "r") else { return 0 }
        defer { fclose(file) }
        var text = [CChar](repeating: 0, count: 256)
        guard fgets(&text, 256, file) != nil else { return 0 }
        let fields = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            .split(separator: UInt8(ascii: " "))
        return (Int(String(decoding: fields[1], as: UTF8.self)) ?? 0) * Int(getpagesize())
    }
}

/// The variables that a child needs whatever it is.
let basicEnvironment: [String: String] = {
    let names = [
        "PATH", "JAVA_HOME", "LD_PRELOAD", "LD_LIBRARY_PATH", "TSAN_OPTIONS", "ASAN_OPTIONS",
        "TMPDIR",
    ]
    var variables: [String: String] = [:]
    for name in names { variables[name] = getenv(name).map { String(cString: $0) } }
    return variables
}()
