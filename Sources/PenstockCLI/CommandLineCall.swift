import Penstock
import PenstockRuntime

/// What the command is asked to do.
struct CommandLineCall: Equatable {
    enum Action: Equatable {
        case help
        case version
        case run([String])
        case validate([String])
        case credentials([String])
    }

    /// How to log.
    struct Options: Equatable {
        var format = LineLogHandler.Format.text
        /// The least level that is written; nil for the command's own.
        var level: LogLevel?
        /// Whether to show what the Kafka clients get.
        var showsClients = false
    }

    var action: Action
    var options = Options()

    /// Reads arguments, without the command's own name.
    init(_ arguments: [String]) throws(CallError) {
        var words: [String] = []
        var options = Options()
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--":
                words += rest
                rest = []
            case "-h", "--help":
                action = .help
                return
            case "--version":
                action = .version
                return
            case "--clients": options.showsClients = true
            case _ where argument.hasPrefix("-"):
                try Self.read(argument, &rest, into: &options)
            default: words.append(argument)
            }
        }
        action = try Self.action(words)
        if options.showsClients, words.first != "validate" {
            throw CallError("--clients goes with validate only")
        }
        self.options = options
    }

    private static func action(_ words: [String]) throws(CallError) -> Action {
        guard let verb = words.first else { throw CallError("a command is missing") }
        let files = Array(words.dropFirst())
        guard ["run", "validate", "credentials"].contains(verb) else {
            throw CallError("\(verb) is not a command; there are run, validate and credentials")
        }
        guard !files.isEmpty || verb == "credentials" else {
            throw CallError("\(verb) needs a file")
        }
        return switch verb {
        case "run": .run(files)
        case "validate": .validate(files)
        default: .credentials(files)
        }
    }

    /// Reads an option's value, behind `=` or as the next argument.
    private static func read(
        _ argument: String, _ rest: inout ArraySlice<String>, into options: inout Options
    ) throws(CallError) {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(parts[0])
        guard ["--log-format", "--log-level"].contains(name) else {
            throw CallError("\(name) is not an option")
        }
        guard let text = parts.count == 2 ? String(parts[1]) : rest.popFirst() else {
            throw CallError("\(name) needs a value")
        }
        if name == "--log-format" {
            options.format = try choose(name, text, LineLogHandler.Format.allCases)
        } else {
            options.level = try choose(name, text, LogLevel.allCases)
        }
    }

    private static func choose<Choice>(
        _ name: String, _ text: String, _ choices: [Choice]
    ) throws(CallError) -> Choice {
        if let choice = choices.first(where: { "\($0)" == text }) { return choice }
        let names = choices.map { "\($0)" }.joined(separator: ", ")
        throw CallError("\(name) must be one of \(names)")
    }
}
