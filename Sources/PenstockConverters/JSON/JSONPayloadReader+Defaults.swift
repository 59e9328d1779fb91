import Penstock

extension JSONPayloadReader {
    /// Adds a copy of a value of a node's schema, whose schemas get the numbers of this arena.
    ///
    /// Defaults are as deep as their schema, whose depth is bounded, so this may recurse.
    func copy(_ value: Value, _ place: Int, into builder: inout ValueBuilder) {
        let node = schema.nodes[place]
        var token = value.token
        token.schema = firstNumber + UInt16(place)
        guard token.kind.isContainer else {
            if token.kind.isText {
                token.payload = arena.append(value.arena[token.range]).packed
            }
            return builder.add(token)
        }
        builder.begin(Token(token.kind, schema: token.schema))
        switch token.kind {
        case .struct:
            for (field, element) in zip(node.fields, value.fields) {
                copy(element.value, field.node, into: &builder)
            }
        case .map:
            for (key, element) in value.pairs {
                copy(key, node.keys, into: &builder)
                copy(element, node.values, into: &builder)
            }
        default:
            for element in value.elements { copy(element, node.values, into: &builder) }
        }
        builder.end()
    }
}
