import Foundation
import Testing

@Suite struct CommandTests {
    static let sink = """
        name=sink
        connector.class=io.confluent.connect.aws.dynamodb.DynamoDbSinkConnector
        topics=orders
        bootstrap.servers=127.0.0.1:1
        aws.dynamodb.region=us-east-1
        aws.dynamodb.endpoint=http://127.0.0.1:1
        aws.access.key.id=123456789012
        aws.secret.access.key=secret

        """

    @Test func `version and help`() throws {
        let version = try Executable(["--version"]).wait()
        #expect(version.code == 0 && version.output.hasPrefix("penstock "))
        let help = try Executable(["--help"]).wait()
        #expect(help.code == 0 && help.output.contains("penstock validate FILE..."))
    }

    @Test func `a wrong call ends with 2`() throws {
        let end = try Executable(["walk"]).wait()
        #expect(end.code == 2)
        #expect(end.errors.contains("walk is not a command"))
        #expect(end.output == "")
    }

    @Test func `a right file is right`() throws {
        let file = try Executable.file(Self.sink)
        defer { Executable.remove(file) }
        let end = try Executable(["validate", file]).wait()
        #expect(end.code == 0, "\(end.errors)")
    }

    @Test(arguments: ["validate", "run"])
    func `every fault is named at once`(verb: String) throws {
        let file = try Executable.file(
            Self.sink + "tasks.max=0\nerrors.tolerance=some\nerrors.deadletterqueue.topic.name=d\n")
        defer { Executable.remove(file) }
        let end = try Executable([verb, file]).wait()
        #expect(end.code == 2)
        for name in ["tasks.max", "errors.tolerance", "errors.deadletterqueue.topic.name"] {
            #expect(end.errors.contains("penstock: error: \(name) "), "\(end.errors)")
        }
        #expect(end.errors.contains("must be one of none, all"))
    }

    @Test func `an unknown class is told with the known ones`() throws {
        let file = try Executable.file(
            "name=a\nconnector.class=Other\ntopics=t\nbootstrap.servers=h:1\n")
        defer { Executable.remove(file) }
        let end = try Executable(["validate", file]).wait()
        #expect(end.code == 2)
        #expect(
            end.errors.contains("io.confluent.connect.aws.dynamodb.DynamoDbSinkConnector"),
            "\(end.errors)")
    }

    @Test func `an end before anything began`() async throws {
        let file = try Executable.file(Self.sink)
        defer { Executable.remove(file) }
        for _ in 0..<10 {
            let command = try Executable(["run", file])
            try await Task.sleep(for: .milliseconds(Int.random(in: 20...120)))
            kill(command.process.processIdentifier, SIGTERM)
            let end = command.wait()
            #expect([0, SIGTERM].contains(end.code), "\(end.errors)")
        }
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func `a signal ends it well, also with every broker away`(signal: Int32) async throws {
        let file = try Executable.file(Self.sink)
        defer { Executable.remove(file) }
        let command = try Executable(["run", file])
        try await Task.sleep(for: .seconds(1))
        #expect(command.process.isRunning)
        kill(command.process.processIdentifier, signal)
        let end = command.wait()
        #expect(end.code == 0, "\(end.errors)")
        #expect(end.errors.contains("Kafka does not answer as it should"), "\(end.errors)")
    }
}
