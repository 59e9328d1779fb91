import Testing

@testable import PenstockAWS

@Suite("Commands without a shell")
struct CommandLineSplitterTests {
    @Test(
        "quotes and backslashes as in a shell, all else plain",
        arguments: [
            ("a", ["a"]), ("  a\t b ", ["a", "b"]), ("a 'b c' \"d e\"", ["a", "b c", "d e"]),
            ("a'b'\"c\"d", ["abcd"]), ("a '' \"\"", ["a", "", ""]),
            (#"a\ b \"c\\ \'"#, [#"a b"#, #""c\"#, "'"]),
            (#"a '\n' "\n" "\"" "\\" \n"#, ["a", #"\n"#, #"\n"#, "\"", #"\"#, "n"]),
            ("a '\"' \"'\"", ["a", "\"", "'"]),
            (
                "a $HOME `id` $(id) *;b | c > d && e # f",
                ["a", "$HOME", "`id`", "$(id)", "*;b", "|", "c", ">", "d", "&&", "e", "#", "f"]
            ),
            ("'/opt/my tool' --x=ü", ["/opt/my tool", "--x=ü"]),
        ])
    func words(command: String, words: [String]) throws {
        #expect(try CommandLineSplitter.split(command) == words)
    }

    @Test(
        "what is no command is refused",
        arguments: [
            ("", CommandLineSplitter.Fault.empty), (" \t", .empty), ("'' a", .empty),
            ("a 'b", .openQuote), ("a \"b", .openQuote), ("a \"b\\\"", .openQuote),
            ("a\\", .openEscape), ("a\nb", .control), ("a\0b", .control), ("a 'b\rc'", .control),
        ])
    func faults(command: String, fault: CommandLineSplitter.Fault) {
        #expect(throws: fault) { try CommandLineSplitter.split(command) }
    }
}
