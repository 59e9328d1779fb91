import Penstock
import PenstockDynamoDB

/// Tables as CreateTable asks for them and DescribeTable shows them.
enum TableDocument {
    static func arn(_ table: String) -> String {
        "arn:aws:dynamodb:us-east-1:000000000000:table/\(table)"
    }

    static func check(_ name: String) throws(ServiceFailure) {
        let isValid = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
                UInt8(ascii: "."):
                true
            default: false
            }
        }
        guard isValid, (3...255).contains(name.utf8.count) else {
            throw .validation(
                "Invalid table name: 3 to 255 characters of a-z, A-Z, 0-9, '_', '-' and '.'")
        }
    }

    /// Reads `KeySchema` and `AttributeDefinitions`.
    static func schema(of body: Value) throws(ServiceFailure) -> KeySchema {
        guard let keys = body["KeySchema"], keys.kind == .array, (1...2).contains(keys.count),
            let definitions = body["AttributeDefinitions"], definitions.kind == .array
        else { throw .validation("KeySchema and AttributeDefinitions are required") }
        var types: [String: ScalarType] = [:]
        for definition in definitions.elements {
            guard let name = definition["AttributeName"]?.string,
                let type = ScalarType(letter: definition["AttributeType"]?.string)
            else { throw .validation("AttributeType must be one of [B, N, S]") }
            types[name] = type
        }
        let hash = try attribute(keys[0], "HASH", types)
        let sort =
            keys.count == 2 ? try attribute(keys[1], "RANGE", types) : nil
        let named = Set([hash.name, sort?.name ?? hash.name])
        guard Set(types.keys) == named else {
            throw .invalidParameter(
                "Number of attributes in KeySchema does not exactly match number of attributes "
                    + "defined in AttributeDefinitions")
        }
        return KeySchema(hash: hash, sort: sort)
    }

    private static func attribute(
        _ element: Value, _ role: String, _ types: [String: ScalarType]
    ) throws(ServiceFailure) -> KeyAttribute {
        guard let name = element["AttributeName"]?.string, element["KeyType"]?.string == role else {
            throw .validation(
                "Invalid KeySchema: the first KeySchemaElement must be a HASH key, the second a RANGE key"
            )
        }
        guard let type = types[name] else {
            throw .invalidParameter(
                "Some index key attributes are not defined in AttributeDefinitions. Keys: [\(name)]"
            )
        }
        return KeyAttribute(name, type)
    }

    /// The description of a table, in an object under a name.
    static func json(
        _ table: StoredTable, status: String? = nil, under name: StaticString
    ) -> [UInt8] {
        let attributes = table.schema.attributes
        let size = table.contents.partitions.reduce(0) { sum, partition in
            sum + partition.items.reduce(0) { $0 + $1.size }
        }
        let capacity = table.isOnDemand ? 0 : 5
        let description: Value = [
            "TableName": .text(table.name), "TableArn": .text(arn(table.name)),
            "TableId": "00000000-0000-0000-0000-000000000000",
            "TableStatus": .text(status ?? (table.isCreating ? "CREATING" : "ACTIVE")),
            "CreationDateTime": .build { $0.float64(table.createdAt) },
            "ItemCount": .whole(table.contents.count), "TableSizeBytes": .whole(size),
            "KeySchema": .list(attributes.enumerated()) { place, attribute in
                [
                    "AttributeName": .text(attribute.name),
                    "KeyType": .text(place == 0 ? "HASH" : "RANGE"),
                ]
            },
            "AttributeDefinitions": .list(attributes) { attribute in
                [
                    "AttributeName": .text(attribute.name),
                    "AttributeType": .text(attribute.type.rawValue),
                ]
            },
            "BillingModeSummary": [
                "BillingMode": .text(table.isOnDemand ? "PAY_PER_REQUEST" : "PROVISIONED")
            ],
            "ProvisionedThroughput": [
                "ReadCapacityUnits": .whole(capacity), "WriteCapacityUnits": .whole(capacity),
                "NumberOfDecreasesToday": 0,
            ],
        ]
        var output = OutputBuffer()
        output.append("{\"")
        output.append(name)
        output.append("\":")
        JSONWriter.write(description.arena, description.index, to: &output)
        output.append("}")
        return Array(output.bytes)
    }
}

extension Value {
    fileprivate static func text(_ text: String) -> Value { .build { $0.string(text) } }

    fileprivate static func whole(_ number: Int) -> Value { .build { $0.int64(Int64(number)) } }

    fileprivate static func list<S: Sequence>(
        _ elements: S, _ element: (S.Element) -> Value
    ) -> Value {
        .build { builder in
            builder.beginArray()
            for one in elements { builder.value(element(one)) }
            builder.end()
        }
    }
}
