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

    /// Leads nowhere, so that nobody is asked.
    static let nowhere = [
        "AWS_ENDPOINT_URL": "http://127.0.0.1:1", "AWS_EC2_METADATA_DISABLED": "true",
        "HOME": "/nonexistent",
    ]

    @Test func `credentials says who answers, with four characters of the key`() throws {
        let file = try Executable.file(Self.sink)
        defer { Executable.remove(file) }
        let end = try Executable(["credentials", file], environment: Self.nowhere).wait()
        #expect(end.code == 0, "\(end.errors)")
        #expect(end.output.hasPrefix("aws.access.key.id: answers\n  access key  1234...\n"))
        #expect(!end.output.contains("12345") && !end.output.contains("secret"))
    }

    @Test func `credentials says why nobody answers, and ends with 1`() throws {
        let end = try Executable(["credentials"], environment: Self.nowhere).wait()
        #expect(end.code == 1)
        let sources = end.output.split(separator: "\n").map { $0.prefix { $0 != ":" } }
        #expect(
            sources == [
                "environment", "profile", "web identity", "container", "instance metadata",
            ])
    }

    @Test func `credentials of a wrong file end with 2`() throws {
        let file = try Executable.file(
            Self.sink + "aws.dynamodb.credentials.provider.class=com.example.Nobody\n")
        defer { Executable.remove(file) }
        let end = try Executable(["credentials", file], environment: Self.nowhere).wait()
        #expect(end.code == 2)
        #expect(end.errors.contains("aws.dynamodb.credentials.provider.class"))
    }

    @Test func `validate warns of keys that are given twice`() throws {
        let file = try Executable.file(Self.sink)
        defer { Executable.remove(file) }
        let end = try Executable(
            ["validate", file],
            environment: ["AWS_ACCESS_KEY_ID": "AKIDOTHER", "HOME": "/nonexistent"]
        ).wait()
        #expect(end.code == 0, "\(end.errors)")
        #expect(end.errors.contains("it wins over AWS_ACCESS_KEY_ID"))
    }

    @Test(.timeLimit(.minutes(1))) func `a crash shows no memory`() async throws {
        let file = try Executable.file(
            Self.sink.replacingOccurrences(of: "key=secret", with: "key=canary-in-memory"))
        defer { Executable.remove(file) }
        let command = try Executable(["run", file], environment: ["HOME": "/nonexistent"])
        try await Task.sleep(for: .seconds(2))
        // Swift's runtime reports it as the program's own fault, and lets it go on.
        kill(command.process.processIdentifier, SIGABRT)
        try await Task.sleep(for: .seconds(5))
        kill(command.process.processIdentifier, SIGKILL)
        let end = command.wait()
        #expect(!end.errors.contains("Registers:") && !end.errors.contains("canary"))
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
