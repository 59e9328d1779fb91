import Glibc

/// A shell command in a folder, for servers and tools that a test needs.
struct ChildProcess: Sendable {
    private let identifier: pid_t

    /// Starts the command; `nil` where that fails.
    init?(_ command: String, _ folder: String) {
        var identifier = pid_t()
        let script = "cd '\(folder)'\n\(command)"
        let words: [String] = ["sh", "-c", script]
        let arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        guard posix_spawn(&identifier, "/bin/sh", nil, nil, arguments, environ) == 0 else {
            return nil
        }
        self.identifier = identifier
    }

    /// Waits for the end and returns the exit status, or -1 where a signal ended it.
    func wait() -> Int32 {
        var status: Int32 = 0
        while waitpid(identifier, &status, 0) < 0 { guard errno == EINTR else { return -1 } }
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : -1
    }

    func stop() {
        kill(identifier, SIGKILL)
        _ = wait()
    }
}
