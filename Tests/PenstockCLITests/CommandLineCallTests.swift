import Penstock
import PenstockRuntime
import Testing

@testable import PenstockCLI

@Suite struct CommandLineCallTests {
    @Test func `files and options in any order`() throws {
        let call = try CommandLineCall(
            ["--log-level=debug", "run", "a.properties", "--log-format", "json", "b.properties"])
        #expect(call.action == .run(["a.properties", "b.properties"]))
        #expect(call.options.format == .json)
        #expect(call.options.level == .debug)
    }

    @Test func `what stands behind two dashes is a file`() throws {
        let call = try CommandLineCall(["validate", "--", "--version"])
        #expect(call.action == .validate(["--version"]))
    }

    @Test(arguments: [
        (["--help"], CommandLineCall.Action.help), (["run", "-h"], .help),
        (["--version"], .version),
    ])
    func `help and version need nothing else`(
        arguments: [String], action: CommandLineCall.Action
    ) throws {
        #expect(try CommandLineCall(arguments).action == action)
    }

    @Test(arguments: [
        ([], "a command is missing"), (["run"], "run needs a file"),
        (["walk", "x"], "walk is not a command; there are run, validate and credentials"),
        (["run", "x", "--fast"], "--fast is not an option"),
        (["run", "x", "--log-level"], "--log-level needs a value"),
        (
            ["run", "x", "--log-level", "loud"],
            "--log-level must be one of debug, info, warning, error"
        ),
        (["run", "x", "--clients"], "--clients goes with validate only"),
        (["run", "x", "--log-format="], "--log-format must be one of text, json"),
    ])
    func `a wrong call is told in a sentence`(arguments: [String], message: String) {
        #expect(throws: CallError(message)) { try CommandLineCall(arguments) }
    }
}
