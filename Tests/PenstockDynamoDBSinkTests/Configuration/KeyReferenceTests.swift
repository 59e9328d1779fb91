import Penstock
import Testing

@testable import PenstockDynamoDBSink

@Suite struct KeyReferenceTests {
    @Test(arguments: [
        ("partition", KeyReference.Source.partition, "partition"),
        ("offset:position", .offset, "position"),
        ("key", .key([]), "key"), ("value", .value([]), "value"),
        ("key.customerId", .key(["customerId"]), "customerId"),
        ("value.userId:user", .value(["userId"]), "user"),
        ("value.customer.address.id", .value(["customer", "address", "id"]), "id"),
        ("value.a:b.c", .value(["a"]), "b.c"), ("key:k:2", .key([]), "k:2"),
    ])
    func `the grammar is Confluent's`(
        text: String, source: KeyReference.Source, attribute: String
    ) throws {
        let reference = try #require(KeyReference(text))
        #expect(reference.source == source)
        #expect(reference.attribute == attribute)
        #expect(reference.description == text)
    }

    @Test(arguments: [
        "", "topic", "partition.x", "offset.y", "value.", "value..x", ".value", "value.x:", "Key",
        "headers.x",
    ])
    func `everything else is refused`(text: String) { #expect(KeyReference(text) == nil) }

    @Test func `references in Swift are those of a file`() {
        #expect(
            KeyReference.value("customer.id", as: "customer").description
                == "value.customer.id:customer")
        #expect(KeyReference.key("id") == KeyReference("key.id"))
        #expect(!KeyReference.value("").isValid)
    }
}

@Suite struct DynamoDBSinkOptionsTests {
    @Test func `without properties the defaults are Confluent's`() throws {
        let sink = try DynamoDBSink(properties: [:])
        #expect(sink.hashKey == .partition)
        #expect(sink.sortKey == .offset)
        #expect(sink.table.table(for: "orders") == "orders")
        #expect(sink.nullValues == .upsert)
        #expect(sink.maximumRetryTime == nil)
    }

    @Test func `properties become the typed configuration`() throws {
        let sink = try DynamoDBSink(properties: [
            "aws.dynamodb.pk.hash": "value.userId:user", "aws.dynamodb.pk.sort": "",
            "table.name.format": "kafka-${topic}", "behavior.on.null.values": "delete",
            "aws.dynamodb.max.retry.time.seconds": "7", "aws.access.key.id": "AKID",
            "aws.secret.access.key": "wJalrX", "aws.dynamodb.region": "eu-west-1",
        ])
        #expect(sink.hashKey == .value("userId", as: "user"))
        #expect(sink.sortKey == nil)
        #expect(sink.table.table(for: "orders") == "kafka-orders")
        #expect(sink.nullValues == .delete)
        #expect(sink.maximumRetryTime == .seconds(7))
        #expect(!"\(sink)".contains("wJalrX"))
    }

    @Test func `every fault is told at once`() {
        let error = #expect(throws: ConfigurationError.self) {
            try DynamoDBSink(properties: [
                "aws.dynamodb.pk.hash": "topic", "behavior.on.null.values": "SKIP",
                "aws.access.key.id": "AKID", "table.name.format": "a b",
                "aws.dynamodb.credentials.provider.class": "com.example.Mine",
            ])
        }
        #expect(
            Set(error?.faults.map(\.property) ?? []) == [
                "aws.dynamodb.pk.hash", "behavior.on.null.values", "aws.secret.access.key",
                "table.name.format", "aws.dynamodb.credentials.provider.class",
            ])
    }

    @Test func `a typed sink is checked by the same rules`() {
        var sink = DynamoDBSink(table: "orders", hashKey: .value("id"), sortKey: .key("id"))
        #expect(throws: ConfigurationError.self) { try sink.validate() }
        sink.sortKey = .key("other")
        #expect(throws: Never.self) { try sink.validate() }
        sink.maximumKeyDepth = 0
        #expect(throws: ConfigurationError.self) { try sink.validate() }
    }
}
