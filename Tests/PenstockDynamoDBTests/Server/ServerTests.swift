import Penstock
import PenstockAWS
import PenstockIO
import Testing

@testable import PenstockDynamoDB

@Suite(
    "Against a real server",
    .enabled(if: TestServer.endpoint != nil, TestServer.skipped), .timeLimit(.minutes(1)))
struct ServerTests {
    struct Order: Codable, Equatable {
        var customer: String
        var placedAt: Int
        var total: String
        var note: String?
    }

    let dynamo = TestServer.client()
    let key = KeySchema(
        hash: KeyAttribute("customer"), sort: KeyAttribute("placedAt", .number))

    private func makeTable(_ name: String = "orders") async throws {
        let table = try await dynamo.createTable(CreateTableInput(table: name, key: key))
        #expect(table.name == name)
        #expect(table.key == key)
        #expect(table.billing == .onDemand)
    }

    @Test("tables are made, described, listed and deleted")
    func tables() async throws {
        try await makeTable()
        let table = try await dynamo.describeTable("orders")
        #expect(table.status == .active)
        #expect(table.key == key)
        #expect(table.itemCount == 0)
        try await makeTable("more")
        #expect(try await dynamo.listTables().names == ["more", "orders"])
        let first = try await dynamo.listTables(limit: 1)
        #expect(first.names == ["more"])
        #expect(try await dynamo.listTables(startAfter: first.last).names == ["orders"])
        try await dynamo.updateTimeToLive(table: "orders", attribute: "expires")
        try await dynamo.deleteTable("more")
        let error = await #expect(throws: DynamoDBError.self) {
            try await dynamo.describeTable("more")
        }
        #expect(error?.code == .resourceNotFound)
        let twice = await #expect(throws: DynamoDBError.self) { try await makeTable() }
        #expect(twice?.code == .resourceInUse)
    }

    @Test("a table with indexes and provisioned throughput is made as asked for")
    func indexes() async throws {
        var input = CreateTableInput(table: "indexed", key: key)
        let byTotal = KeySchema(
            hash: KeyAttribute("total"), sort: KeyAttribute("placedAt", .number))
        input.billing = .provisioned(readUnits: 5, writeUnits: 6)
        input.globalIndexes = [
            GlobalIndex("byTotal", key: byTotal, projection: .include(["note"]))
        ]
        let table = try await dynamo.createTable(input)
        #expect(table.billing == .provisioned(readUnits: 5, writeUnits: 6))
        #expect(table.indexes == ["byTotal": byTotal])
    }

    @Test("values of a Swift type are put, read, changed, deleted")
    func typedTable() async throws {
        try await makeTable()
        let orders = dynamo.table("orders", of: Order.self)
        let order = Order(customer: "c1", placedAt: 1, total: "9.90")
        try await orders.put(order)
        #expect(try await orders.get("c1", 1) == order)
        #expect(try await orders.get("c1", 1, isConsistent: true) == order)
        #expect(try await orders.get("c1", 2) == nil)
        let changed = try await orders.update(
            "c1", 1, ItemUpdate("SET note = :n", values: [":n": "fragile \"é\""]))
        #expect(changed.note == "fragile \"é\"")
        let refused = await #expect(throws: DynamoDBError.self) {
            try await orders.put(order, if: WriteCondition("attribute_not_exists(customer)"))
        }
        #expect(refused?.code == .conditionalCheckFailed)
        #expect(refused?.kind == .data)
        try await orders.delete("c1", 1)
        #expect(try await orders.get("c1", 1) == nil)
    }

    @Test("a query and a scan go over all pages")
    func pages() async throws {
        try await makeTable()
        let filler = String(repeating: "x", count: 200_000)
        let orders = dynamo.table("orders", of: Order.self)
        for placedAt in 1...12 {
            try await orders.put(
                Order(customer: "c1", placedAt: placedAt, total: "\(placedAt)", note: filler))
        }
        try await orders.put(Order(customer: "c2", placedAt: 1, total: "0"))
        var seen: [Int] = []
        for try await order in orders.query(.hash("c1")) { seen.append(order.placedAt) }
        #expect(seen == Array(1...12))
        seen = []
        for try await order in orders.query(.hash("c1", sort: .between(3, 5)), isAscending: false) {
            seen.append(order.placedAt)
        }
        #expect(seen == [5, 4, 3])
        seen = []
        for try await order in orders.query(.hash("c1", sort: .greater(than: 10))) {
            seen.append(order.placedAt)
        }
        #expect(seen == [11, 12])
        var count = 0
        for try await _ in orders.scan() { count += 1 }
        #expect(count == 13)
    }

    @Test("every type and the largest numbers come back as they went")
    func types() async throws {
        try await makeTable("orders")
        var item: Item = ["customer": "c", "placedAt": 1]
        for (index, value) in AttributeValueTests.values.enumerated() { item["a\(index)"] = value }
        try await dynamo.putItem(PutItemInput(table: "orders", item: item))
        let output = try await dynamo.getItem(
            GetItemInput(table: "orders", key: ["customer": "c", "placedAt": 1]))
        #expect(output.item == item)
    }

    @Test("batches write, delete and read")
    func batches() async throws {
        try await makeTable()
        let items = (1...25).map { ["customer": "c", "placedAt": AttributeValue($0)] as Item }
        let written = try await dynamo.batchWriteItem(
            BatchWriteItemInput(["orders": items.map { .put($0) }]))
        #expect(written.unprocessed.isEmpty)
        let read = try await dynamo.batchGetItem(BatchGetItemInput(["orders": .init(items)]))
        #expect(read.items["orders"].map { Set($0) } == Set(items))
        #expect(read.unprocessed.isEmpty)
        _ = try await dynamo.batchWriteItem(
            BatchWriteItemInput(["orders": items.dropFirst().map { .delete(key: $0) }]))
        let rest = try await dynamo.scan(ScanInput(table: "orders"))
        #expect(rest.items == [items[0]])
        let twice = await #expect(throws: DynamoDBError.self) {
            try await dynamo.batchWriteItem(
                BatchWriteItemInput(["orders": [.put(items[0]), .put(items[0])]]))
        }
        #expect(twice?.code == .validation)
    }

    @Test("a writer sends prepared batches from the event loop")
    func batchWriter() async throws {
        try await makeTable()
        let loop = EventLoop(name: "test")
        let dynamo = dynamo
        try await loop.run {
            let writer = dynamo.makeBatchWriter()
            for round in 0..<3 {
                let writes = (1...25).map {
                    BatchWriteItemInput.Write.put([
                        "customer": "c\(round)", "placedAt": AttributeValue($0),
                    ])
                }
                let body = RequestFields.bytes {
                    BatchWriteItemInput(["orders": writes]).write(to: &$0)
                }
                let buffer = UnsafeMutableRawBufferPointer.allocate(
                    byteCount: body.count, alignment: 1)
                defer { buffer.deallocate() }
                buffer.copyBytes(from: body)
                let isComplete = try await writer.send(
                    UnsafeRawBufferPointer(buffer), timeout: .seconds(5))
                #expect(isComplete)
            }
            let wrong = Array(#"{"RequestItems":{"nowhere":[]}}"#.utf8)
            let buffer = UnsafeMutableRawBufferPointer.allocate(
                byteCount: wrong.count, alignment: 1)
            defer { buffer.deallocate() }
            buffer.copyBytes(from: wrong)
            await #expect(throws: DynamoDBError.self) {
                try await writer.send(UnsafeRawBufferPointer(buffer), timeout: .seconds(5))
            }
        }
        await loop.stop()
        #expect(try await dynamo.scan(ScanInput(table: "orders")).items.count == 75)
    }

    @Test("an item that breaks a rule is refused by the server as by us")
    func sameRules() async throws {
        try await makeTable()
        let broken: [Item] = [
            ["customer": "c", "placedAt": 1, "a": .ss([])],
            ["customer": "c", "placedAt": 1, "a": .n("123456789012345678901234567890123456789")],
            ["customer": "c", "placedAt": 1, "a": .ss(["x", "x"])],
            ["customer": "", "placedAt": 1],
            ["customer": "c", "placedAt": 1, "a": .s(String(repeating: "x", count: 409_600))],
        ]
        for item in broken {
            #expect(throws: ItemFault.self) {
                try item.validate()
                try item.validateKey(key)
            }
            let error = await #expect(throws: DynamoDBError.self) {
                try await dynamo.putItem(PutItemInput(table: "orders", item: item))
            }
            #expect(error?.code == .validation)
        }
    }

    @Test("cancelling the task ends the wait for another attempt at once")
    func cancellation() async throws {
        var options = DynamoDBOptions()
        options.retry.maxAttempts = 100
        options.retry.transientDelay = .seconds(600)
        let nobody = DynamoDB(
            region: "eu-west-1",
            credentials: Credentials(accessKeyID: "a", secretAccessKey: "b"),
            endpoint: "http://127.0.0.1:1", options: options,
            environment: AWSEnvironment(variables: [:]))
        let task = Task { try await nobody.listTables() }
        try await Task.sleep(for: .milliseconds(100))
        let clock = ContinuousClock()
        let start = clock.now
        task.cancel()
        let error = await #expect(throws: DynamoDBError.self) { try await task.value }
        #expect(error?.code == .cancelled)
        #expect(clock.now - start < .seconds(30))
    }
}
