import Penstock
import Testing

@Suite struct ConfigurationReaderTests {
    @Test func `every fault is reported together, in the order of the definitions`() {
        let properties = [
            "interval.ms": "-1", "mode": "loud", "secret": "correct-horse", "count": "x",
        ]
        #expect {
            try Door(properties: properties)
        } throws: { error in
            let lines = "\(error)".split(separator: "\n")
            return lines == [
                "place is missing",
                #"count "x" must be a whole number of 16 bits of at least 2"#,
                #"mode "loud" must be one of quiet, still"#,
                #"interval.ms "-1" must be a whole number of milliseconds of at least 0"#,
                "secret \"[hidden]\" must be a text of at most four letters",
            ]
        }
    }

    @Test func `a typed configuration is checked by the same rules`() throws {
        var door = Door()
        door.place = "hall"
        try door.validate()
        door.count = 1
        door.secret = "correct-horse"
        #expect {
            try door.validate()
        } throws: { error in
            let faults = (error as? ConfigurationError)?.faults ?? []
            return faults.map(\.property) == ["count", "secret"]
                && faults.map(\.value) == ["1", Secret.placeholder]
        }
    }

    @Test func `what a file says and what Swift says are equal`() throws {
        var typed = Door()
        typed.place = "hall"
        typed.mode = .still
        typed.interval = .milliseconds(1_500)
        typed.secret = "open"
        typed.settings = ["a": "1", "b.c": "2"]
        let read = try Door(properties: [
            "place": " hall ", "mode": "still", "interval.ms": "1500", "secret": "open",
            "door.a": "1", "door.b.c": "2",
        ])
        #expect(read == typed)
        #expect(
            read.shownProperties.map(\.name) == ["place", "count", "mode", "interval.ms", "secret"])
        #expect(read.shownProperties.map(\.value) == ["hall", "3", "still", "1500", "[hidden]"])
    }

    @Test func `unknown names come with the nearest known one`() {
        var reader = ConfigurationReader([
            "plaice": "hall", "zzz": "1", "door.x": "1", "other.y": "1", "place": "x",
            "elsewhere": "1",
        ])
        _ = reader.read(Door.self)
        reader.know(["elsewhere"])
        reader.know(prefix: "other.")
        #expect(
            reader.unknownProperties.map(\.description) == [
                "plaice is not known; did you mean place?", "zzz is not known",
            ])
        #expect(reader.faults.isEmpty)
    }

    @Test func `a reference that nothing resolves passes verbatim`() throws {
        let door = try Door(properties: ["place": "${env:HALL}", "secret": "${a}"])
        #expect(door.place == "${env:HALL}")
        #expect(door.secret?.revealed == "${a}")
    }

    @Test func `a fault between options is dropped where one of them is at fault already`() {
        var reader = ConfigurationReader(["place": "cellar", "count": "x"])
        _ = reader.read(Door.self)
        #expect(
            reader.faults.map(\.description) == [
                #"count "x" must be a whole number of 16 bits of at least 2"#
            ])
        reader = ConfigurationReader(["place": "cellar", "count": "9"])
        _ = reader.read(Door.self)
        #expect(reader.faults.map(\.description) == [#"count "9" must be 4 in a cellar"#])
    }

    @Test(arguments: [
        ("0", Duration.zero), ("1", .milliseconds(1)), ("1500", .milliseconds(1_500)),
        ("86400000", .seconds(86_400)),
        (
            "9223372036854775807",
            Duration(
                secondsComponent: 9_223_372_036_854_775,
                attosecondsComponent: 807_000_000_000_000_000)
        ),
    ]) func `a time goes in and out unchanged`(_ text: String, _ time: Duration) throws {
        let door = try Door(properties: ["place": "hall", "interval.ms": text])
        #expect(door.interval == time)
        #expect(door.shownProperties.first { $0.name == "interval.ms" }?.value == text)
    }
}

private struct Door: Configurable, Equatable {
    enum Mode: String, CaseIterable { case quiet, still }

    var place = ""
    var count: Int16 = 3
    var mode = Mode.quiet
    var interval = Duration.seconds(1)
    var secret: Secret?
    var settings: [String: String] = [:]

    static let options: [ConfigurationOption<Door>] = [
        .init("place", \.place, .string.nonEmpty, isRequired: true, "Where it is."),
        .init("count", \.count, .int16.atLeast(2), "How many."),
        .init("mode", \.mode, .choice(), "How it moves."),
        .init("interval.ms", \.interval, .milliseconds.atLeast(.zero), "How often."),
        .init(
            "secret", \.secret,
            .secret.satisfying("a text of at most four letters") { $0.revealed.count <= 4 },
            "What opens it."),
        .init(prefix: "door.", \.settings, "More."),
    ]

    func faultsBetweenOptions() -> [ConfigurationFault] {
        guard place == "cellar", count != 4 else { return [] }
        return [.init(property: "count", value: "\(count)", reason: "must be 4 in a cellar")]
    }
}
