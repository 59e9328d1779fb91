import Glibc
import Penstock
import PenstockRuntime

/// The command `penstock`.
///
/// The main thread does nothing but wait for signals: an asynchronous `main` would leave it to
/// libdispatch, which lets every signal through there.
@main
struct PenstockCommand {
    static func main() {
        CrashReport.hideMemory(CommandLine.unsafeArgv)
        // Before any other thread exists, so that none of them takes a signal.
        let signals = StopSignals()
        signal(SIGPIPE, SIG_IGN)
        let arguments = Array(CommandLine.arguments.dropFirst())
        let stop = StopRequest()
        // It ends the process, whatever it comes to.
        Task.detached { exit(await perform(arguments, until: stop).rawValue) }
        signals.wait { name in stop.request(name) }
    }

    private static func perform(
        _ arguments: [String], until stop: StopRequest
    ) async -> ExitCode {
        let call: CommandLineCall
        do throws(CallError) { call = try CommandLineCall(arguments) } catch {
            Terminal.complain(error.description)
            Terminal.complain("try penstock --help")
            return .wrongCall
        }
        switch call.action {
        case .help: Terminal.say(helpText)
        case .version: Terminal.say("penstock \(version)")
        case .validate(let files):
            return ConnectorCommand(files: files, options: call.options).validate()
        case .credentials(let files):
            return await CredentialsCommand(files: files).run(until: stop)
        case .run(let files):
            return await ConnectorCommand(files: files, options: call.options).run(until: stop)
        }
        return .success
    }
}
