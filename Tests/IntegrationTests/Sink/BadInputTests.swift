import Glibc
import Penstock
import PenstockTesting
import Testing

/// Records that cannot become items.
@Suite(.needsCommand) struct BadInputTests {
    /// What no line of the log may hold.
    private static let canary = "kanarienvogel"

    /// A bad record and what is said about it.
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var value: [UInt8]
        var field: String
        var rule: String
        var changes: [String: String] = [:]

        init(_ name: String, _ value: String, field: String, rule: String) {
            (self.name, self.value, self.field, self.rule) = (name, Array(value.utf8), field, rule)
        }

        var testDescription: String { name }
    }

    static let jsonCases = [
        Case("no JSON", #"{"k":"kanarienvogel""#, field: "value", rule: "could not be converted"),
        Case(
            "no key field", #"{"x":"kanarienvogel"}"#, field: "value.k",
            rule: "is missing, and the table's key needs it"),
        Case(
            "a map as key", #"{"k":{"x":"kanarienvogel"}}"#, field: "value.k",
            rule: "a key has to be a string, a number or bytes"),
        Case(
            "a boolean as key", #"{"k":true,"x":"kanarienvogel"}"#, field: "value.k",
            rule: "a key has to be a string, a number or bytes"),
        Case(
            "a key of another type than the table's", #"{"k":7,"x":"kanarienvogel"}"#,
            field: "value.k", rule: "is of type N; the table's key is of type S"),
        Case(
            "39 digits", #"{"k":"kanarienvogel","n":123456789012345678901234567890123456789}"#,
            field: "n", rule: "a number may have at most 38 digits"),
        Case(
            "a number without bounds", #"{"k":"kanarienvogel","m":{"n":[1,1E126]}}"#,
            field: "m.n.1", rule: "a number has to be less than 1E126"),
        Case(
            "more than 400 KB",
            #"{"k":"a","s":""# + canary + String(repeating: "x", count: 409_600) + #""}"#,
            field: "", rule: "an item may take at most 409600 bytes"),
        Case(
            "an empty key", #"{"k":"","x":"kanarienvogel"}"#, field: "value.k",
            rule: "a key must not be empty"),
        Case(
            "a null as key", #"{"k":null,"x":"kanarienvogel"}"#, field: "value.k",
            rule: "is null, and a key cannot be"),
        Case(
            "33 levels",
            #"{"k":"kanarienvogel","l":"# + String(repeating: "[", count: 33)
                + String(repeating: "]", count: 33) + "}", field: "l",
            rule: "nested"),
    ]

    /// JSON has no NaN; a lone number is keyed by its place.
    static let nan: Case = {
        var nan = Case("NaN", "", field: "value", rule: "is NaN or infinite")
        nan.value = [0x7F, 0xF8, 0, 0, 0, 0, 0, 0]
        nan.changes = [
            "value.converter": "org.apache.kafka.connect.converters.DoubleConverter",
            "aws.dynamodb.pk.hash": "partition", "aws.dynamodb.pk.sort": "offset",
        ]
        return nan
    }()

    private static let good = (
        json: Array(#"{"k":"good","x":1}"#.utf8), double: [UInt8](repeating: 0, count: 8)
    )

    @Test(.needsKafka, .timeLimit(.minutes(2)), arguments: jsonCases + [nan])
    func `a bad record ends the task with one line, and nothing behind it is committed`(
        bad: Case
    ) async throws {
        try await SinkScenario.run { scenario in
            let good = bad.changes.isEmpty ? Self.good.json : Self.good.double
            try await scenario.fill([good, good, bad.value, good, good].map { .init(bytes: $0) })
            let process = try scenario.start(bad.changes.mapValues { $0 })
            #expect(try await process.end() == .exit(1), "\(process.errors)")
            let told = process.lines(at: .error)
            #expect(told.count == 1, "\(process.errors)")
            let line = told.first ?? ""
            for part in ["\(scenario.name)-0@2", bad.field, bad.rule] {
                #expect(line.contains(part), "\(part) is not in \(line)")
            }
            #expect(try await scenario.committed() == [2])
            #expect(scenario.table.count > 0)
            Self.expectSilence(of: process)
        }
    }

    @Test(.needsKafka, .timeLimit(.minutes(1)), arguments: [true, false])
    func `tolerated they are skipped and counted`(isLogged: Bool) async throws {
        try await SinkScenario.run { scenario in
            var values: [[UInt8]] = []
            for (number, bad) in Self.jsonCases.enumerated() {
                values += [Array(#"{"k":"good-\#(number)"}"#.utf8), bad.value]
            }
            try await scenario.fill(values.map { .init(bytes: $0) })
            let process = try scenario.start([
                "errors.tolerance": "all", "errors.log.enable": "\(isLogged)",
            ])
            #expect(
                try await eventually { try await scenario.committed() == [Int64(values.count)] },
                "\(process.errors)")
            #expect(scenario.table.count == Self.jsonCases.count)
            if isLogged {
                #expect(process.lines("A record is skipped").count == Self.jsonCases.count)
            } else {
                #expect(process.lines("Records are skipped").count == 1)
            }
            #expect(process.isRunning)
            process.send(SIGTERM)
            #expect(try await process.end() == .exit(0))
            if !isLogged {
                let total = process.lines("Records were skipped").last?.field("total")
                #expect(total == "\(Self.jsonCases.count)", "\(process.errors)")
            }
            Self.expectSilence(of: process)
        }
    }

    private static func expectSilence(of process: ChildProcess) {
        #expect(!process.errors.contains(canary))
        #expect(!process.errors.contains("1234567890"))
        #expect(!process.output.contains(canary))
    }

    @Test(.needsKafka, .timeLimit(.minutes(1)))
    func `a wrong name is told with the nearest right one`() async throws {
        try await SinkScenario.run { scenario in
            try await scenario.fill([.init(#"{"k":"a"}"#)])
            let process = try scenario.start(["aws.dynamodb.pk.hsah": "value.k"])
            #expect(try await eventually { scenario.table.count == 1 }, "\(process.errors)")
            let told = process.lines("aws.dynamodb.pk.hsah")
            #expect(told.count == 1)
            #expect(told.first?.contains(" warning ") == true)
            #expect(told.first?.field("nearest") == "aws.dynamodb.pk.hash")
        }
    }

    @Test(.needsKafka, arguments: ["run", "validate"])
    func `a wrong value ends it with 2 before anything is done`(verb: String) async throws {
        try await SinkScenario.run { scenario in
            let process = try scenario.start(
                ["behavior.on.null.values": "explode", "tasks.max": "none"], verb: verb)
            #expect(try await process.end() == .exit(2))
            #expect(process.lines("behavior.on.null.values").count == 1, "\(process.errors)")
            #expect(process.lines("tasks.max").count == 1, "\(process.errors)")
            #expect(scenario.server.requestCount == 0)
        }
    }
}
