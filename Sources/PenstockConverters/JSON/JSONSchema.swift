import Penstock

/// A schema, and what reading payloads by it asks for, worked out once.
final class JSONSchema {
    /// Every schema in it, the outermost first; tokens number them in this order.
    let schemas: [Schema]
    /// One node for each of `schemas`.
    let nodes: [Node]

    var root: Schema { schemas[0] }

    /// What reading by one schema asks for; children are named by their position.
    struct Node {
        let type: SchemaType
        let logicalType: LogicalType?
        let isOptional: Bool
        let defaultValue: Value?
        let scale: Int?
        var fields: [(name: [UInt8], node: Int)] = []
        var keys = 0
        var values = 0
    }

    init(_ root: Schema) {
        var schemas: [Schema] = []
        var nodes: [Node] = []
        Self.add(root, &schemas, &nodes)
        self.schemas = schemas
        self.nodes = nodes
    }

    /// The depth of schemas is bounded where they are read, so this may recurse.
    @discardableResult
    private static func add(
        _ schema: Schema, _ schemas: inout [Schema], _ nodes: inout [Node]
    ) -> Int {
        let place = nodes.count
        schemas.append(schema)
        nodes.append(
            Node(
                type: schema.type, logicalType: schema.logicalType,
                isOptional: schema.isOptional, defaultValue: schema.defaultValue,
                scale: schema.parameters["scale"].flatMap { Int32($0) }.map(Int.init)))
        for field in schema.fields {
            let node = add(field.schema, &schemas, &nodes)
            nodes[place].fields.append((Array(field.name.utf8), node))
        }
        if let keys = schema.keys { nodes[place].keys = add(keys, &schemas, &nodes) }
        if let values = schema.values { nodes[place].values = add(values, &schemas, &nodes) }
        return place
    }
}
