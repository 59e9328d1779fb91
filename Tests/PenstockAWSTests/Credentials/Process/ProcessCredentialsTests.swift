import Foundation
import Glibc
import Penstock
import PenstockIO
import Testing

@testable import PenstockAWS

@Suite("Programs that print credentials")
struct ProcessCredentialsTests {
    private let answer = """
        {"Version": 1, "AccessKeyId": "KEY", "SecretAccessKey": "s/+=", "SessionToken": "t", \
        "Expiration": "2030-01-01T00:00:00Z", "AccountId": "123456789012"}
        """

    /// A program made of a line for the shell.
    private func shell(
        _ line: String, timeout: Duration = .seconds(30), variables: [String: String] = [:]
    ) -> ProcessCredentials {
        let environment = AWSEnvironment(
            variables: variables.merging(["PATH": "/usr/bin:/bin"]) { old, _ in old })
        // The line goes through this package's own splitter once.
        let quoted = line.replacing("'", with: "'\"'\"'")
        return ProcessCredentials(
            command: "/bin/sh -c '\(quoted)'", timeout: timeout, environment: environment)
    }

    private func error(_ provider: ProcessCredentials) async throws -> CredentialError {
        let error = await #expect(throws: CredentialError.self) { try await provider.credentials() }
        return try #require(error)
    }

    @Test("all that may be printed is read")
    func full() async throws {
        let credentials = try await shell("printf '%s' '\(answer)'").credentials()
        #expect(
            credentials
                == Credentials(
                    accessKeyID: "KEY", secretAccessKey: "s/+=", sessionToken: "t",
                    expiration: Timestamp(iso8601: "2030-01-01T00:00:00Z"),
                    accountID: "123456789012"))
    }

    @Test("a line's end in a value is left out, a character that no header has is an error")
    func cleaned() async throws {
        let line = #"{"Version":1,"AccessKeyId":"K","SecretAccessKey":"S\n"}"#
        #expect(
            try await shell("printf '%s' '\(line)'").credentials()
                .secretAccessKey == "S")
        let error = try await error(
            shell(#"echo '{"Version":1,"AccessKeyId":"K","SecretAccessKey":"hu sh"}'"#))
        #expect(error.code == .unreadable && !error.description.contains("hu sh"))
    }

    @Test("keys alone do; the profile's account goes with them")
    func short() async throws {
        let provider = ProcessCredentials(
            command: #"echo '{"Version":1,"AccessKeyId":"K","SecretAccessKey":"S"}'"#,
            environment: .process, accountID: "1")
        #expect(
            try await provider.credentials()
                == Credentials(accessKeyID: "K", secretAccessKey: "S", accountID: "1"))
    }

    @Test(
        "nonsense is an error that shows nothing of it",
        arguments: [
            ("echo hush", CredentialError.Code.unreadable), ("true", .unreadable),
            ("echo '[1]'", .unreadable),
            (#"echo '{"Version":1,"SecretAccessKey":"hush"'"#, .unreadable),
            (#"echo '{"Version":2,"AccessKeyId":"hush","SecretAccessKey":"hush"}'"#, .unreadable),
            (#"echo '{"Version":"1","AccessKeyId":"hush","SecretAccessKey":"hush"}'"#, .unreadable),
            (#"echo '{"AccessKeyId":"hush","SecretAccessKey":"hush"}'"#, .unreadable),
            (#"echo '{"Version":1,"SecretAccessKey":"hush"}'"#, .incomplete),
            (#"echo '{"Version":1,"AccessKeyId":"hush"}'"#, .incomplete),
            (#"echo '{"Version":1,"AccessKeyId":"hush","SecretAccessKey":{}}'"#, .incomplete),
            (
                #"echo '{"Version":1,"AccessKeyId":"a","SecretAccessKey":"b","Expiration":"hush"}'"#,
                .unreadable
            ),
            ("head -c 100 /dev/urandom", .unreadable),
            ("echo hush >&2; exit 3", .unavailable), ("kill -9 $$", .unavailable),
        ])
    func nonsense(line: String, code: CredentialError.Code) async throws {
        let error = try await error(shell(line))
        #expect(error.code == code, "\(error)")
        #expect(error.description.contains("credential_process (/bin/sh)"))
        #expect(!error.description.contains("hush"))
    }

    @Test("exit status and signal are named")
    func endings() async throws {
        #expect(try await error(shell("exit 3")).description.contains("exit status 3"))
        #expect(try await error(shell("kill -9 $$")).description.contains("signal 9"))
    }

    @Test("a program that is not there, or is none")
    func notStarted() async throws {
        for command in ["/nowhere/tool", "no-such-tool-anywhere", "/etc/passwd", "/tmp"] {
            let error = try await error(ProcessCredentials(command: command))
            #expect(error.code == .unreadable && error.description.contains("cannot be started"))
        }
        let error = try await error(ProcessCredentials(command: "a 'b"))
        #expect(error.code == .invalid && error.description.contains("not closed"))
    }

    @Test("output as large as a pipe holds does not stop it, larger one ends it")
    func output() async throws {
        let padding = "head -c 60000 /dev/zero | tr '\\0' ' '"
        #expect(
            try await shell("printf '%s' '\(answer)'; \(padding)").credentials().accessKeyID
                == "KEY")
        let endless = try await error(shell("while :; do echo hush; done"))
        #expect(endless.description.contains("more than 65536 bytes"))
    }

    @Test("what ignores the request to end is ended, with all that it started")
    func hangs() async throws {
        let file = NSTemporaryDirectory() + "penstock-process-\(UInt64.random(in: .min ... .max))"
        defer { unlink(file) }
        let line = """
            trap "" TERM; (trap "" TERM; while :; do sleep 1; done) & \
            echo $! > \(file); echo $$ >> \(file); while :; do sleep 1; done
            """
        let error = try await error(shell(line, timeout: .seconds(4)))
        #expect(error.code == .unavailable && error.description.contains("took longer than"))
        let written = try String(contentsOfFile: file, encoding: .utf8)
        let processes = written.split(separator: "\n").compactMap { pid_t($0) }
        #expect(processes.count == 2)
        for process in processes { try await waitForEnd(of: process) }
    }

    /// An orphan stays visible until the system has reaped it.
    private func waitForEnd(of process: pid_t) async throws {
        for _ in 0..<500 where isRunning(process) {
            try await EventLoop.shared.sleep(for: .milliseconds(20))
        }
        #expect(!isRunning(process))
    }

    private func isRunning(_ process: pid_t) -> Bool {
        guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
        else { return false }
        return status.split(separator: ")").last?.split(separator: " ").first != "Z"
    }

    @Test("cancelling ends the program")
    func cancelled() async throws {
        let file = NSTemporaryDirectory() + "penstock-process-\(UInt64.random(in: .min ... .max))"
        defer { unlink(file) }
        let provider = shell("echo $$ > \(file); sleep 1000", timeout: .seconds(1000))
        let task = Task { try await provider.credentials() }
        var process: pid_t?
        while process == nil {
            try await EventLoop.shared.sleep(for: .milliseconds(10))
            let text = try? String(contentsOfFile: file, encoding: .utf8)
            process = text.flatMap { pid_t($0.filter(\.isNumber)) }
        }
        task.cancel()
        let error = await #expect(throws: CredentialError.self) { try await task.value }
        #expect(error?.code == .unavailable)
        try await waitForEnd(of: try #require(process))
    }

    @Test("a program that was cancelled before it began is not started")
    func cancelledBefore() async throws {
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await ProcessCredentials(command: "sleep 1000").credentials()
        }
        await #expect(throws: CredentialError.self) { try await task.value }
    }

    @Test("what a program leaves running behind it is not waited for")
    func daemon() async throws {
        let line = "printf '%s' '\(answer)'; sleep 2 & exit 0"
        #expect(try await shell(line, timeout: .seconds(1000)).credentials().accessKeyID == "KEY")
    }

    @Test("it inherits no descriptors, no blocked signals, no terminal and no other variables")
    func surroundings() async throws {
        // A descriptor that would be inherited.
        let descriptor = open("/dev/null", O_RDONLY)
        defer { close(descriptor) }
        let line = """
            s=$(grep -E '^Sig(Blk|Ign)' /proc/self/status | tr -d '\\n\\t')
            d=$(ls /proc/$$/fd | tr '\\n' ,)
            printf '{"Version":1,"AccessKeyId":"%s","SecretAccessKey":"%s","SessionToken":"%s"}' \
            "$s" "$d" "$(env | grep -c HUSH),$ONE,$(ps -o tty= -p $$ 2>/dev/null | tr -d ' ')"
            """
        let provider = shell(
            line.replacing("\n", with: "; "), variables: ["ONE": "1", "PATH": "/usr/bin:/bin"])
        let credentials = try await EventLoop.shared.run { try await provider.credentials() }
        let masks = credentials.accessKeyID.split { $0 == ":" || $0 == "S" }
            .compactMap { UInt64($0, radix: 16) }
        // The C library keeps the numbers 32 and 33 to itself.
        #expect(masks.map { $0 & ~0x1_8000_0000 } == [0, 0], "\(credentials.accessKeyID)")
        #expect(credentials.secretAccessKey.hasPrefix("0,1,2,"))
        #expect(!credentials.secretAccessKey.contains(",\(descriptor),"))
        #expect(["0,1,?", "0,1,"].contains(credentials.sessionToken))
    }
}
