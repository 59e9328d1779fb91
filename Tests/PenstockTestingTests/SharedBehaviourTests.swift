import Penstock
import Testing

/// What the scripted server does as the stand-in for DynamoDB does it, tested on both.
@Suite struct SharedBehaviourTests {
    @Test(.enabled(if: Server.realEndpoint != nil, "PENSTOCK_DYNAMODB_ENDPOINT names no server"))
    func `there is a stand-in to compare with`() async throws {
        try await Server.real.run { probe in
            let answer = try probe.call("ListTables", [:])
            #expect(answer.status == 200)
        }
    }

    @Test(arguments: Server.available)
    func `an item comes back as it was put, numbers in plain decimals`(
        _ server: Server
    ) async throws {
        try await server.run { probe in
            try probe.createTable()
            let item: Value = [
                "pk": ["S": "a"], "sk": ["N": "0042.50"], "text": ["S": "\"é\u{1F600}\n"],
                "bytes": ["B": "AAEC/w=="], "yes": ["BOOL": true], "none": ["NULL": true],
                "list": ["L": [["N": "1E3"], ["S": ""]]], "map": ["M": ["x": ["L": []]]],
                "set": ["SS": ["b"]],
            ]
            #expect(try probe.put(item).status == 200)
            let key: Value = ["pk": ["S": "a"], "sk": ["N": "42.5"]]
            let answer = try probe.call("GetItem", ["TableName": "orders", "Key": key])
            let found = try #require(answer.body["Item"])
            #expect(found["sk"] == ["N": "42.5"])
            #expect(found["list"] == ["L": [["N": "1000"], ["S": ""]]])
            for name in ["pk", "text", "bytes", "yes", "none", "map", "set"] {
                #expect(found[name] == item[name], "\(name)")
            }
            let absent = try probe.get("b", 1)
            #expect(absent.status == 200 && absent.body["Item"] == nil)
        }
    }

    @Test(arguments: Server.available)
    func `a batch puts and deletes`(_ server: Server) async throws {
        try await server.run { probe in
            try probe.createTable()
            try probe.put(.order("a", 1))
            let answer = try probe.batch([
                .put(.order("a", 2)), .put(.order("b", 1)), .delete("a", 1), .delete("x", 9),
            ])
            #expect(answer.status == 200)
            #expect(answer.body["UnprocessedItems"]?.count == 0)
            #expect(try probe.get("a", 1).body["Item"] == nil)
            #expect(try probe.pages("Scan", [:]).joined().count == 2)
        }
    }

    @Test(arguments: Server.available, RefusedBatch.all)
    func `a batch with one bad request is refused whole`(
        _ server: Server, _ batch: RefusedBatch
    ) async throws {
        try await server.run { probe in
            try probe.createTable()
            let answer = try probe.batch(batch.requests)
            #expect(answer.status == 400)
            #expect(answer.code == batch.code)
            #expect(try probe.pages("Scan", [:]).joined().isEmpty)
        }
    }

    @Test(arguments: Server.available)
    func `an item at the very limits is taken`(_ server: Server) async throws {
        try await server.run { probe in
            try probe.createTable()
            // pk, sk and big are 7 bytes of names; a is 1 and the number 1 is 2.
            let size = 409_600 - 7 - 1 - 2
            let big = Value.text(String(repeating: "x", count: size))
            let taken = try probe.batch([
                .put(["pk": ["S": "a"], "sk": ["N": "1"], "big": ["S": big]]),
                .put(["pk": ["S": "b"], "sk": ["N": "1"], "deep": RefusedBatch.nested(31)]),
                .put(["pk": ["S": "c"], "sk": ["N": "1"], "n": ["N": "9.99E125"]]),
            ])
            #expect(taken.status == 200)
        }
    }

    @Test(arguments: Server.available)
    func `a reply carries the checksum of its bytes and a request id`(
        _ server: Server
    ) async throws {
        try await server.run { probe in
            for answer in [try probe.call("ListTables", [:]), try probe.describe()] {
                #expect(answer.headers["x-amz-crc32"] == "\(Self.checksum(answer.bytes))")
                #expect(answer.headers["x-amzn-requestid"]?.isEmpty == false)
            }
        }
    }

    @Test(arguments: Server.available)
    func `tables are created once, described, listed and deleted`(_ server: Server) async throws {
        try await server.run { probe in
            #expect(try probe.describe().code == "ResourceNotFoundException")
            try probe.createTable()
            #expect(try probe.createTable().code == "ResourceInUseException")
            let table = try #require(try probe.describe().body["Table"])
            #expect(table["TableStatus"]?.string == "ACTIVE")
            #expect(table["KeySchema"]?[1]["KeyType"]?.string == "RANGE")
            #expect(try probe.call("ListTables", [:]).body["TableNames"] == ["orders"])
            #expect(try probe.call("DeleteTable", ["TableName": "orders"]).status == 200)
            #expect(try probe.describe().code == "ResourceNotFoundException")
            #expect(try probe.put(.order("a", 1)).code == "ResourceNotFoundException")
            let batch = try probe.batch([.put(.order("a", 1))])
            #expect(batch.code == "ResourceNotFoundException")
        }
    }

    @Test(arguments: Server.available)
    func `a scan goes through every item, page by page`(_ server: Server) async throws {
        try await server.run { probe in
            try probe.createTable()
            for hash in 0..<4 {
                try probe.batch((0..<20).map { .put(.order("h\(hash)", $0)) })
            }
            let pages = try probe.pages("Scan", ["Limit": 7])
            #expect(pages.count >= 12)
            #expect(pages.allSatisfy { $0.count <= 7 })
            #expect(Self.keys(pages.joined()).count == 80)
            let segments = try (0..<3).map { segment in
                try probe.pages("Scan", ["TotalSegments": 3, "Segment": .whole(segment)])
            }
            #expect(Self.keys(segments.joined().joined()).count == 80)
            #expect(segments.joined().joined().count == 80)
        }
    }

    @Test(arguments: Server.available, [true, false])
    func `a query reads one hash key in the order of the sort keys`(
        _ server: Server, _ isForward: Bool
    ) async throws {
        try await server.run { probe in
            try probe.createTable()
            for sort in [10, 9, -3, 100] { try probe.put(.order("a", sort)) }
            try probe.put(.order("b", 5))
            let pages = try probe.pages(
                "Query",
                [
                    "KeyConditionExpression": "(#h = :h) AND (sk BETWEEN :low AND :high)",
                    "ExpressionAttributeNames": ["#h": "pk"],
                    "ExpressionAttributeValues": [
                        ":h": ["S": "a"], ":low": ["N": "-5"], ":high": ["N": "50"],
                    ],
                    "ScanIndexForward": .build { $0.boolean(isForward) }, "Limit": 2,
                ])
            let found = pages.joined().compactMap { $0["sk"]?["N"]?.string }
            #expect(found == (isForward ? ["-3", "9", "10"] : ["10", "9", "-3"]))
        }
    }

    @Test(arguments: Server.available)
    func `an update sets and removes attributes and makes the item`(
        _ server: Server
    ) async throws {
        try await server.run { probe in
            try probe.createTable()
            try probe.put(.order("a", 1))
            for sort in 1...2 {
                let answer = try probe.call(
                    "UpdateItem",
                    [
                        "TableName": "orders", "Key": .key("a", sort),
                        "UpdateExpression": "SET #s = :s, note = :n REMOVE #t",
                        "ExpressionAttributeNames": ["#s": "state", "#t": "total"],
                        "ExpressionAttributeValues": [":s": ["S": "paid"], ":n": ["N": "1.0"]],
                        "ReturnValues": "ALL_NEW",
                    ])
                #expect(answer.code == nil)
                #expect(
                    answer.body["Attributes"] == [
                        "pk": ["S": "a"], "sk": ["N": .text("\(sort)")], "state": ["S": "paid"],
                        "note": ["N": "1"],
                    ])
            }
        }
    }

    @Test(arguments: Server.available)
    func `a batch of keys reads what there is`(_ server: Server) async throws {
        try await server.run { probe in
            try probe.createTable()
            try probe.put(.order("a", 1))
            let answer = try probe.call(
                "BatchGetItem",
                ["RequestItems": ["orders": ["Keys": [.key("a", 1), .key("a", 2)]]]])
            #expect(answer.body["Responses"]?["orders"]?.count == 1)
            #expect(answer.body["UnprocessedKeys"]?.count == 0)
        }
    }

    @Test(arguments: Server.available)
    func `deleting and putting return the old item when asked`(_ server: Server) async throws {
        try await server.run { probe in
            try probe.createTable()
            for (operation, member) in [("PutItem", "Item"), ("DeleteItem", "Key")] {
                try probe.put(.order("a", 1, total: "1.5"))
                let answer = try probe.call(
                    operation,
                    .object([
                        "TableName": "orders", member: .key("a", 1), "ReturnValues": "ALL_OLD",
                    ]))
                #expect(answer.body["Attributes"]?["total"] == ["N": "1.5"], "\(operation)")
            }
        }
    }

    @Test(arguments: Server.available)
    func `the attribute that items expire by is chosen`(_ server: Server) async throws {
        try await server.run { probe in
            try probe.createTable()
            let answer = try probe.call(
                "UpdateTimeToLive",
                [
                    "TableName": "orders",
                    "TimeToLiveSpecification": ["AttributeName": "until", "Enabled": true],
                ])
            #expect(answer.body["TimeToLiveSpecification"]?["AttributeName"] == "until")
            let state = try probe.call("DescribeTimeToLive", ["TableName": "orders"])
            #expect(state.body["TimeToLiveDescription"]?["TimeToLiveStatus"] == "ENABLED")
        }
    }

    @Test(arguments: Server.available)
    func `what is no JSON or no operation is refused`(_ server: Server) async throws {
        try await server.run { probe in
            let broken = try probe.call("ListTables", text: Array("{\"Limit\":".utf8))
            #expect(broken.code == "SerializationException")
            #expect(try probe.call("MakeTable", [:]).code == "UnknownOperationException")
        }
    }

    // MARK: Helpers

    private static func keys(_ items: some Sequence<Value>) -> Set<String> {
        Set(items.map { "\($0["pk"]?["S"]?.string ?? "") \($0["sk"]?["N"]?.string ?? "")" })
    }

    /// CRC-32 bit by bit: slow, and not the server's own.
    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(UInt32.max) { value, byte in
            (0..<8).reduce(value ^ UInt32(byte)) { value, _ in
                value >> 1 ^ (value & 1) * 0xEDB8_8320
            }
        }
    }
}
