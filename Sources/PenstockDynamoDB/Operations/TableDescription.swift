internal import Penstock

/// What DynamoDB says of a table.
public struct TableDescription: Sendable {
    /// What a table can do at the moment.
    public struct Status: RawRepresentable, Hashable, Sendable {
        /// DynamoDB's own name.
        public let rawValue: String

        /// A status by its name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// It is being made and cannot be used yet.
        public static let creating = Status(rawValue: "CREATING")
        /// It can be used.
        public static let active = Status(rawValue: "ACTIVE")
        /// It is being changed and can be used.
        public static let updating = Status(rawValue: "UPDATING")
        /// It is being deleted.
        public static let deleting = Status(rawValue: "DELETING")
    }

    /// The table's name.
    public let name: String
    /// The table's ARN, where there is one.
    public let arn: String?
    /// What it can do at the moment.
    public let status: Status
    /// The attributes that make up its key.
    public let key: KeySchema
    /// How throughput is paid.
    public let billing: BillingMode
    /// The keys of its global and local indexes, by the indexes' names.
    public let indexes: [String: KeySchema]
    /// About how many items it has; counted every six hours.
    public let itemCount: Int64
    /// About how many bytes its items take; counted every six hours.
    public let sizeInBytes: Int64
}

extension TableDescription: OperationOutput {
    init?(reply: Value) {
        // CreateTable and DeleteTable call it the one, DescribeTable the other.
        guard let table = reply["TableDescription"] ?? reply["Table"],
            let name = table["TableName"]?.string
        else { return nil }
        var types: [String: ScalarType] = [:]
        for definition in table["AttributeDefinitions"]?.elements.map({ $0 }) ?? [] {
            guard let attribute = definition["AttributeName"]?.string else { continue }
            types[attribute] = definition["AttributeType"]?.string.flatMap(ScalarType.init)
        }
        guard let key = KeySchema(reply: table["KeySchema"], types: types) else { return nil }
        self.name = name
        self.key = key
        arn = table["TableArn"]?.string
        status = Status(rawValue: table["TableStatus"]?.string ?? "")
        billing = BillingMode(reply: table)
        indexes = Self.indexes(of: table, types: types)
        itemCount = table["ItemCount"]?.integer ?? 0
        sizeInBytes = table["TableSizeBytes"]?.integer ?? 0
    }

    private static func indexes(
        of table: Value, types: [String: ScalarType]
    ) -> [String: KeySchema] {
        var indexes: [String: KeySchema] = [:]
        for list in ["GlobalSecondaryIndexes", "LocalSecondaryIndexes"] {
            for index in table[list]?.elements.map({ $0 }) ?? [] {
                guard let name = index["IndexName"]?.string else { continue }
                indexes[name] = KeySchema(reply: index["KeySchema"], types: types)
            }
        }
        return indexes
    }
}

extension KeySchema {
    fileprivate init?(reply: Value?, types: [String: ScalarType]) {
        var parts: [String: KeyAttribute] = [:]
        for part in reply?.elements.map({ $0 }) ?? [] {
            guard let name = part["AttributeName"]?.string, let type = types[name],
                let role = part["KeyType"]?.string
            else { return nil }
            parts[role] = KeyAttribute(name, type)
        }
        guard let hash = parts["HASH"] else { return nil }
        self.init(hash: hash, sort: parts["RANGE"])
    }
}

extension BillingMode {
    fileprivate init(reply table: Value) {
        let throughput = table["ProvisionedThroughput"]
        let readUnits = throughput?["ReadCapacityUnits"]?.integer ?? 0
        let writeUnits = throughput?["WriteCapacityUnits"]?.integer ?? 0
        self =
            readUnits == 0 && writeUnits == 0
                || table["BillingModeSummary"]?["BillingMode"]?.string == "PAY_PER_REQUEST"
            ? .onDemand : .provisioned(readUnits: Int(readUnits), writeUnits: Int(writeUnits))
    }
}
