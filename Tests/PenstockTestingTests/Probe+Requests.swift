import Penstock

extension Probe {
    /// Creates the table `orders` with the keys `pk` (string) and `sk` (number).
    @discardableResult
    func createTable(_ name: String = "orders") throws -> Answer {
        try call(
            "CreateTable",
            [
                "TableName": .text(name), "BillingMode": "PAY_PER_REQUEST",
                "KeySchema": [
                    ["AttributeName": "pk", "KeyType": "HASH"],
                    ["AttributeName": "sk", "KeyType": "RANGE"],
                ],
                "AttributeDefinitions": [
                    ["AttributeName": "pk", "AttributeType": "S"],
                    ["AttributeName": "sk", "AttributeType": "N"],
                ],
            ])
    }

    func describe() throws -> Answer { try call("DescribeTable", ["TableName": "orders"]) }

    @discardableResult
    func put(_ item: Value) throws -> Answer {
        try call("PutItem", ["TableName": "orders", "Item": item])
    }

    func get(_ hash: String, _ sort: Int) throws -> Answer {
        try call("GetItem", ["TableName": "orders", "Key": .key(hash, sort)])
    }

    @discardableResult
    func batch(_ requests: [Value]) throws -> Answer {
        try call("BatchWriteItem", .batch(requests))
    }

    /// Every item of pages that follow each other.
    func pages(_ operation: String, _ body: [String: Value]) throws -> [[Value]] {
        var body = body
        body["TableName"] = "orders"
        var pages: [[Value]] = []
        while true {
            let answer = try call(operation, .object(body))
            guard answer.status == 200 else { throw Failure(reason: answer.code ?? "no code") }
            pages.append(answer.body["Items"]?.elements.map { $0 } ?? [])
            guard let last = answer.body["LastEvaluatedKey"] else { return pages }
            body["ExclusiveStartKey"] = last
        }
    }
}

extension Value {
    static func text(_ text: String) -> Value { .build { $0.string(text) } }

    static func whole(_ number: Int) -> Value { .build { $0.int64(Int64(number)) } }

    static func list(_ elements: [Value]) -> Value {
        .build { builder in
            builder.beginArray()
            for element in elements { builder.value(element) }
            builder.end()
        }
    }

    static func object(_ members: [String: Value]) -> Value {
        .build { builder in
            builder.beginMap()
            for (name, member) in members {
                builder.key(name)
                builder.value(member)
            }
            builder.end()
        }
    }

    static func key(_ hash: String, _ sort: Int) -> Value {
        ["pk": ["S": .text(hash)], "sk": ["N": .text("\(sort)")]]
    }

    static func order(_ hash: String, _ sort: Int, total: String = "9.90") -> Value {
        [
            "pk": ["S": .text(hash)], "sk": ["N": .text("\(sort)")],
            "total": ["N": .text(total)],
        ]
    }

    static func put(_ item: Value) -> Value { ["PutRequest": ["Item": item]] }

    static func delete(_ hash: String, _ sort: Int) -> Value {
        ["DeleteRequest": ["Key": .key(hash, sort)]]
    }

    static func batch(_ requests: [Value]) -> Value {
        ["RequestItems": ["orders": .list(requests)]]
    }
}
