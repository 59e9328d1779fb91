internal import Glibc
internal import Penstock

/// Credentials that a program prints: `credential_process` of the shared files.
///
/// The program prints one JSON object with `Version` 1, `AccessKeyId`, `SecretAccessKey` and, where
/// they have them, `SessionToken`, `Expiration` and `AccountId`. It is started without a shell, with
/// no input; what it says on its error output is not shown, since it may tell secrets.
public struct ProcessCredentials: CredentialProvider {
    /// The most output that is taken, in bytes.
    static let maximumOutput = 64 << 10

    private let command: String
    private let timeout: Duration
    private let environment: AWSEnvironment
    /// The account where the program names none.
    private let accountID: String?

    /// Runs a program each time it is asked.
    ///
    /// The command must come from whoever runs this program, never from what it works on.
    ///
    /// - Parameters:
    ///   - command: The program and its arguments, in the quotes of a shell; nothing is expanded.
    ///   - timeout: How long it may take before it is ended, with all that it started; less than
    ///     the minute that callers wait for credentials, so that they hear of it. While older
    ///     credentials serve, the caller's own limit, at first ten seconds, may end it sooner.
    ///   - environment: The program's variables; this process's by default.
    public init(
        command: String, timeout: Duration = .seconds(30), environment: AWSEnvironment = .process
    ) {
        self.init(command: command, timeout: timeout, environment: environment, accountID: nil)
    }

    init(
        command: String, timeout: Duration = .seconds(30), environment: AWSEnvironment,
        accountID: String?
    ) {
        self.command = command
        self.timeout = timeout
        self.environment = environment
        self.accountID = accountID
    }

    /// What the program prints.
    ///
    /// Cancelling the task ends the program.
    ///
    /// - Throws: ``CredentialError``: `invalid` where the command cannot be split, `unreadable` where
    ///   it cannot be started or prints something else than credentials, `incomplete` where it
    ///   prints only a part of them, `unavailable` where it fails or takes too long.
    public func credentials() async throws(CredentialError) -> Credentials {
        let words: [String]
        do {
            words = try CommandLineSplitter.split(command)
        } catch {
            throw CredentialError(
                .invalid, "The command of credential_process cannot be run: \(error.rawValue).")
        }
        let run = ProcessRun(
            words, environment: environment.variables, timeout: timeout,
            maximumOutput: Self.maximumOutput)
        do {
            return try read(try await run.output(), of: words[0])
        } catch let failure as ProcessRun.Failure {
            throw error(failure, of: words[0])
        } catch let error as CredentialError {
            throw error
        } catch {
            preconditionFailure("nothing else is thrown there")
        }
    }

    private func read(
        _ output: [UInt8], of program: String
    ) throws(CredentialError) -> Credentials {
        let wanted = "credential_process (\(program))"
        guard let json = try? Value(json: output, maximumDepth: 16), json.kind == .map else {
            throw CredentialError(.unreadable, "\(wanted) printed no JSON object.")
        }
        guard json["Version"]?.integer == 1 else {
            throw CredentialError(.unreadable, "\(wanted) printed another Version than 1.")
        }
        for name in ["AccessKeyId", "SecretAccessKey"] where json.text(name) == nil {
            throw CredentialError(.incomplete, "\(wanted) printed no \(name).")
        }
        let expiration = json.text("Expiration").map { Timestamp(iso8601: $0) }
        if case .some(nil) = expiration {
            throw CredentialError(
                .unreadable, "\(wanted) printed an Expiration that is no ISO 8601 time.")
        }
        do throws(Credentials.Fault) {
            return try Credentials(
                accessKeyID: json.text("AccessKeyId") ?? "",
                secretAccessKey: json.text("SecretAccessKey") ?? "",
                sessionToken: json.text("SessionToken"), expiration: expiration ?? nil,
                accountID: json.text("AccountId") ?? accountID
            ).cleaned()
        } catch {
            throw CredentialError(
                .unreadable, "\(wanted) printed credentials \(error.clause).")
        }
    }

    private func error(_ failure: ProcessRun.Failure, of program: String) -> CredentialError {
        let wanted = "credential_process (\(program))"
        return switch failure {
        case .notStarted(let error):
            CredentialError(
                error.isPassing ? .unavailable : .unreadable,
                "\(wanted) cannot be started: \(error).")
        case .timeout: CredentialError(.unavailable, "\(wanted) took longer than \(timeout).")
        case .tooMuchOutput:
            CredentialError(
                .unreadable, "\(wanted) printed more than \(Self.maximumOutput) bytes.")
        case .cancelled: CredentialError(.unavailable, "\(wanted): the wait was cancelled.")
        case .ended(.exited(let status)):
            CredentialError(
                .unavailable,
                "\(wanted) ended with exit status \(status); run it by hand to see why.")
        case .ended(.killed(let signal)):
            CredentialError(.unavailable, "\(wanted) was ended by signal \(signal).")
        case .ended(.unknown): CredentialError(.unavailable, "\(wanted) ended without a status.")
        }
    }
}

extension ProcessCredentials: CustomStringConvertible, CustomReflectable {
    /// The provider's name alone: a command's arguments may be secrets.
    public var description: String { "ProcessCredentials" }

    /// The time limit, so that a dump does not show the command.
    public var customMirror: Mirror { Mirror(self, children: ["timeout": timeout]) }
}

extension SystemError {
    /// Whether the machine was only short of something.
    fileprivate var isPassing: Bool { [EAGAIN, ENOMEM, EMFILE, ENFILE].contains(code) }
}

extension Value {
    /// A field's text; empty ones count as not there.
    func text(_ name: String) -> String? {
        guard let text = self[name]?.string, !text.isEmpty else { return nil }
        return text
    }
}
