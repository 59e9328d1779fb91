import Foundation
import Testing

/// What `penstock validate` says of a configuration.
@Suite struct ValidateTests {
    private static let noteworthy =
        CommandTests.sink + """
            consumer.override.fetch.max.wait.ms=100
            consumer.override.fetch.min.byte=1
            consumer.override.session.timeout.ms=99999999
            consumer.override.key.deserializer=any
            no.such.property=1

            """

    private func validate(
        _ arguments: [String], _ text: String
    ) throws -> (code: Int32, output: String, errors: String) {
        let file = try Executable.file(text)
        defer { Executable.remove(file) }
        return try Executable(["validate"] + arguments + [file]).wait()
    }

    @Test func `shows all findings with their levels`() throws {
        let end = try validate([], Self.noteworthy)
        #expect(end.code == 0)
        for line in [
            "penstock: debug: Kafka setting property=consumer.override.fetch.max.wait.ms",
            "penstock: warning: Kafka setting property=consumer.override.fetch.min.byte",
            "penstock: info: Kafka setting property=consumer.override.session.timeout.ms",
            "penstock: debug: Kafka settings have no effect here"
                + " properties=consumer.override.key.deserializer",
            "penstock: warning: Unknown property property=no.such.property",
        ] {
            #expect(end.errors.contains(line), "\(end.errors)")
        }
        #expect(end.output.hasPrefix("The configuration is right"))
    }

    @Test func `shows what is noteworthy beside what is wrong`() throws {
        let end = try validate(
            ["--log-level", "warning"], Self.noteworthy + "tasks.max=0\n")
        #expect(end.code == 2 && end.output == "")
        #expect(end.errors.contains("penstock: error: tasks.max"), "\(end.errors)")
        #expect(end.errors.contains("penstock: warning: Unknown property"), "\(end.errors)")
        #expect(!end.errors.contains("penstock: debug"), "\(end.errors)")
    }

    @Test func `writes JSON lines and nothing else to standard error where it is asked to`() throws
    {
        let end = try validate(["--log-format=json"], Self.noteworthy + "tasks.max=0\n")
        let lines = end.errors.split(separator: "\n")
        let levels = try lines.map { line in
            let object =
                try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String]
            return try #require(object?["level"])
        }
        #expect(Set(levels) == ["debug", "info", "warning", "error"], "\(end.errors)")
    }

    private static let secured = """
        name=sink
        connector.class=io.confluent.connect.aws.dynamodb.DynamoDbSinkConnector
        topics=orders
        bootstrap.servers= one:9092, two:9092
        security.protocol=SSL
        ssl.key.password=canary
        ssl.truststore.password=canary
        ssl.endpoint.identification.algorithm=
        ssl.cipher.suites=TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
        aws.dynamodb.region=us-east-1
        aws.access.key.id=123456789012
        aws.secret.access.key=canary
        tasks.max=2
        consumer.override.auto.offset.reset=none
        consumer.override.max.poll.interval.ms=6000
        consumer.override.max.poll.records=20
        consumer.override.partition.assignment.strategy=org.apache.kafka.clients.consumer.RangeAssignor
        producer.override.acks=1
        producer.override.buffer.memory=1048576
        admin.override.request.timeout.ms=9000

        """

    @Test func `prints what each client gets, secrets hidden`() throws {
        let end = try validate(["--clients"], Self.secured)
        #expect(end.code == 0, "\(end.errors)")
        let lines = end.output.split(separator: "\n").filter {
            !$0.hasPrefix("fetch.queue.backoff.ms=")
        }.map { line in
            line.hasPrefix("# ") ? line.prefix { $0 != "," }.description : Self.plain(line)
        }
        let expected = Self.listing.split(separator: "\n").map(Self.plain)
        #expect(lines == expected, "\(end.output)")
        #expect(!end.output.contains("canary") && !end.errors.contains("canary"))
    }

    @Test func `prints what each client gets as JSON lines too`() throws {
        let end = try validate(["--clients", "--log-format", "json"], Self.secured)
        #expect(end.code == 0, "\(end.errors)")
        let objects = try end.output.split(separator: "\n").map { line in
            try #require(
                JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String])
        }
        #expect(
            objects.contains {
                $0["client"] == "producer" && $0["setting"] == "acks" && $0["value"] == "1"
                    && $0["origin"] == "producer.override.acks"
            })
        #expect(!end.output.contains("canary") && !end.errors.contains("canary"))
    }

    /// A line with one space where there are several.
    private static func plain(_ line: Substring) -> String {
        line.split(separator: " ").joined(separator: " ")
    }

    private static let listing = """
        # consumer
        auto.offset.reset=error  # consumer.override.auto.offset.reset
        bootstrap.servers=one:9092,two:9092  # bootstrap.servers
        client.id=connector-consumer-sink  # default
        enable.auto.commit=false  # default
        enable.auto.offset.store=false  # default
        group.id=connect-sink  # default
        isolation.level=read_committed  # default
        max.poll.interval.ms=6000  # consumer.override.max.poll.interval.ms
        max.poll.records=20  # consumer.override.max.poll.records
        partition.assignment.strategy=range  # consumer.override.partition.assignment.strategy
        queued.max.messages.kbytes=8192  # default
        queued.min.messages=10000000  # default
        security.protocol=ssl  # security.protocol
        session.timeout.ms=6000  # consumer.override.max.poll.interval.ms
        ssl.cipher.suites=ECDHE-RSA-AES128-GCM-SHA256  # ssl.cipher.suites
        ssl.endpoint.identification.algorithm=none  # ssl.endpoint.identification.algorithm
        ssl.key.password=[hidden]  # ssl.key.password
        # producer
        acks=1  # producer.override.acks
        bootstrap.servers=one:9092,two:9092  # bootstrap.servers
        client.id=connector-producer-sink  # default
        delivery.timeout.ms=2147483647  # default
        enable.idempotence=false  # producer.override.acks
        max.in.flight.requests.per.connection=1  # default
        partitioner=murmur2_random  # default
        queue.buffering.max.kbytes=1024  # producer.override.buffer.memory
        security.protocol=ssl  # security.protocol
        ssl.cipher.suites=ECDHE-RSA-AES128-GCM-SHA256  # ssl.cipher.suites
        ssl.endpoint.identification.algorithm=none  # ssl.endpoint.identification.algorithm
        ssl.key.password=[hidden]  # ssl.key.password
        # admin
        bootstrap.servers=one:9092,two:9092  # bootstrap.servers
        client.id=connector-adminclient-sink  # default
        security.protocol=ssl  # security.protocol
        socket.timeout.ms=9000  # admin.override.request.timeout.ms
        ssl.cipher.suites=ECDHE-RSA-AES128-GCM-SHA256  # ssl.cipher.suites
        ssl.endpoint.identification.algorithm=none  # ssl.endpoint.identification.algorithm
        ssl.key.password=[hidden]  # ssl.key.password
        """
}
