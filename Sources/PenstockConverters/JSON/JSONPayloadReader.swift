import Penstock

/// Makes values of a schema out of the tokens of JSON without one, in the same arena.
struct JSONPayloadReader {
    let schema: JSONSchema
    let arena: ValueArena
    /// The number of the schema's root in the arena; the other nodes' follow it.
    let firstNumber: UInt16
    let replacesNullWithDefault: Bool
    /// The bytes that defaults took so far.
    private var expansion = 0

    /// The most bytes that defaults may take in one record: its schema may have large ones, and its
    /// payload may ask for them over and over.
    private static let maximumExpansion = 16 << 20
    /// The most bytes of a whole batch to which a default is still added.
    private static let maximumBatch = 1 << 30

    /// Prepares to read by a schema.
    /// - Throws: Where the batch has no room for more schemas.
    init(
        _ schema: JSONSchema, in arena: ValueArena, replacesNullWithDefault: Bool
    ) throws(ConversionProblem) {
        guard let number = arena.number(ofFamily: schema.schemas) else {
            throw ConversionProblem("the records of a batch have more than 65 535 schemas")
        }
        self.schema = schema
        self.arena = arena
        firstNumber = number
        self.replacesNullWithDefault = replacesNullWithDefault
    }

    /// Reads a value that was made from JSON elsewhere.
    static func value(
        _ json: Value, _ schema: JSONSchema, replacesNullWithDefault: Bool
    ) throws(ConversionProblem) -> Value {
        var source = ValueBuilder()
        source.value(json)
        let copy = source.finish()
        var builder = ValueBuilder(arena: copy.arena)
        var reader = try JSONPayloadReader(
            schema, in: copy.arena, replacesNullWithDefault: replacesNullWithDefault)
        try reader.read(copy.index, 0, into: &builder)
        return builder.finish()
    }

    /// Writes the value of the node whose JSON stands at an index; nil for none.
    ///
    /// Payloads are as deep as their schema, whose depth is bounded, so this may recurse.
    mutating func read(
        _ index: Int?, _ place: Int, into builder: inout ValueBuilder
    ) throws(ConversionProblem) {
        guard let index, arena[index].kind != .null else { return try null(place, &builder) }
        let node = schema.nodes[place]
        let number = firstNumber + UInt16(place)
        switch node.logicalType {
        case .decimal: return builder.add(try decimal(arena[index], node, number))
        case .date, .time, .timestamp: return builder.add(try time(arena[index], node, number))
        case nil: break
        }
        switch node.type {
        case .struct: try `struct`(index, node, number, &builder)
        case .array: try array(index, node, number, &builder)
        case .map: try map(index, node, number, &builder)
        default: builder.add(try scalar(arena[index], node.type, number))
        }
    }

    private mutating func null(_ place: Int, _ builder: inout ValueBuilder)
        throws(ConversionProblem)
    {
        let node = schema.nodes[place]
        let number = firstNumber + UInt16(place)
        if replacesNullWithDefault, let value = node.defaultValue {
            try expand(by: value)
            copy(value, place, into: &builder)
        } else if node.isOptional {
            builder.add(Token(.null, schema: number))
        } else {
            throw ConversionProblem("null, where its schema asks for \(node.type)")
        }
    }

    private mutating func expand(by value: Value) throws(ConversionProblem) {
        let token = MemoryLayout<Token>.stride
        expansion += Int(value.token.span) * token + value.arena.byteCount
        guard expansion <= Self.maximumExpansion,
            arena.byteCount + arena.tokenCount * token <= Self.maximumBatch
        else { throw ConversionProblem("its schema's defaults make it larger than 16 MiB") }
    }

    // MARK: Containers

    private mutating func `struct`(
        _ index: Int, _ node: JSONSchema.Node, _ number: UInt16, _ builder: inout ValueBuilder
    ) throws(ConversionProblem) {
        guard arena[index].kind == .map else { throw mismatch(arena[index], node.type) }
        let end = index + Int(arena[index].span)
        builder.begin(Token(.struct, schema: number))
        // Fields nearly always come in the schema's order; a search is for those that do not.
        var search: JSONFieldSearch?
        var next = index + 1
        for field in node.fields {
            var value: Int?
            if next < end, isKey(next, field.name) {
                value = next + 1
            } else {
                if search == nil {
                    search = JSONFieldSearch(of: index, in: arena, fields: node.fields.count)
                }
                value = search?.value(field.name)
            }
            if let value { next = value + Int(arena[value].span) }
            do {
                try read(value, field.node, into: &builder)
            } catch {
                throw error.inside(String(decoding: field.name, as: UTF8.self))
            }
        }
        builder.end()
    }

    private func isKey(_ index: Int, _ name: [UInt8]) -> Bool {
        let token = arena[index]
        return !token.flags.contains(.shadowed)
            && name.withUnsafeBytes { $0.equals(arena[token.range]) }
    }

    private mutating func array(
        _ index: Int, _ node: JSONSchema.Node, _ number: UInt16, _ builder: inout ValueBuilder
    ) throws(ConversionProblem) {
        guard arena[index].kind == .array else { throw mismatch(arena[index], node.type) }
        builder.begin(Token(.array, schema: number))
        var element = index + 1
        for _ in 0..<arena[index].count {
            try read(element, node.values, into: &builder)
            element += Int(arena[element].span)
        }
        builder.end()
    }

    /// A map is an object where its keys are strings, else an array of pairs.
    private mutating func map(
        _ index: Int, _ node: JSONSchema.Node, _ number: UInt16, _ builder: inout ValueBuilder
    ) throws(ConversionProblem) {
        let isObject = schema.nodes[node.keys].type == .string
        guard arena[index].kind == (isObject ? .map : .array) else {
            throw mismatch(arena[index], node.type)
        }
        let end = index + Int(arena[index].span)
        builder.begin(Token(.map, schema: number))
        var next = index + 1
        while next < end {
            let key = isObject ? next : try pair(at: next)
            let value = key + Int(arena[key].span)
            if !arena[key].flags.contains(.shadowed) {
                try read(key, node.keys, into: &builder)
                try read(value, node.values, into: &builder)
            }
            next = value + Int(arena[value].span)
        }
        builder.end()
    }

    private func pair(at index: Int) throws(ConversionProblem) -> Int {
        guard arena[index].kind == .array, arena[index].count == 2 else {
            throw ConversionProblem("a map's entry is not an array of key and value")
        }
        return index + 1
    }

    func mismatch(_ token: Token, _ type: SchemaType) -> ConversionProblem {
        ConversionProblem("\(token.kind), where its schema asks for \(type)")
    }
}
