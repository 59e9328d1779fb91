internal import Penstock

/// Makes a table; it can be used once its status is `active`.
public struct CreateTableInput: Sendable {
    /// The table's name.
    public var table: String
    /// The attributes that make up its key.
    public var key: KeySchema
    /// How throughput is paid.
    public var billing = BillingMode.onDemand
    /// Indexes over all items.
    public var globalIndexes: [GlobalIndex] = []

    /// Makes a table that is paid by request.
    public init(table: String, key: KeySchema) {
        self.table = table
        self.key = key
    }
}

/// How a table's throughput is paid.
public enum BillingMode: Sendable, Hashable {
    /// By request.
    case onDemand
    /// By the hour, for so many units.
    case provisioned(readUnits: Int, writeUnits: Int)
}

/// An index over all items of a table, with a key of its own.
public struct GlobalIndex: Sendable, Hashable {
    /// Which attributes an index holds beside its keys.
    public enum Projection: Sendable, Hashable {
        /// All.
        case all
        /// None.
        case keysOnly
        /// These.
        case include([String])
    }

    /// The index's name.
    public var name: String
    /// The attributes that make up its key.
    public var key: KeySchema
    /// Which attributes it holds beside its keys.
    public var projection: Projection

    /// An index of a table.
    public init(_ name: String, key: KeySchema, projection: Projection = .all) {
        self.name = name
        self.key = key
        self.projection = projection
    }
}

extension CreateTableInput: OperationInput {
    typealias Output = TableDescription
    static let operation = "CreateTable"
    var effect: OperationEffect { .idempotent }
    var resource: String? { table }

    func write(to fields: inout RequestFields) {
        fields.string("TableName", table)
        let keys = [key] + globalIndexes.map(\.key)
        let attributes = Set(keys.flatMap { [$0.hash] + ($0.sort.map { [$0] } ?? []) })
        fields.list("AttributeDefinitions", attributes.sorted { $0.name < $1.name }) {
            $0.attribute($1)
        }
        fields.keySchema(key)
        fields.billing(billing)
        guard !globalIndexes.isEmpty else { return }
        fields.list("GlobalSecondaryIndexes", globalIndexes) { fields, index in
            fields.object { $0.index(index, billing: billing) }
        }
    }
}

extension RequestFields {
    fileprivate mutating func attribute(_ attribute: KeyAttribute) {
        object { fields in
            fields.string("AttributeName", attribute.name)
            fields.string("AttributeType", attribute.type.rawValue)
        }
    }

    fileprivate mutating func keySchema(_ key: KeySchema) {
        let parts = [(key.hash, "HASH")] + (key.sort.map { [($0, "RANGE")] } ?? [])
        list("KeySchema", parts) { fields, part in
            fields.object {
                $0.string("AttributeName", part.0.name)
                $0.string("KeyType", part.1)
            }
        }
    }

    fileprivate mutating func billing(_ billing: BillingMode) {
        switch billing {
        case .onDemand: string("BillingMode", "PAY_PER_REQUEST")
        case .provisioned: string("BillingMode", "PROVISIONED")
        }
        throughput(billing)
    }

    private mutating func throughput(_ billing: BillingMode) {
        guard case .provisioned(let readUnits, let writeUnits) = billing else { return }
        object("ProvisionedThroughput") { fields in
            fields.integer("ReadCapacityUnits", readUnits)
            fields.integer("WriteCapacityUnits", writeUnits)
        }
    }

    fileprivate mutating func index(_ index: GlobalIndex, billing: BillingMode) {
        string("IndexName", index.name)
        keySchema(index.key)
        object("Projection") { fields in
            switch index.projection {
            case .all: fields.string("ProjectionType", "ALL")
            case .keysOnly: fields.string("ProjectionType", "KEYS_ONLY")
            case .include(let names):
                fields.string("ProjectionType", "INCLUDE")
                fields.list("NonKeyAttributes", names) { $0.value($1) }
            }
        }
        throughput(billing)
    }
}
