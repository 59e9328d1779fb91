extension Value {
    /// How many elements an array, pairs a map or fields a struct has; 0 for everything else.
    public var count: Int { kind.isContainer ? token.count : 0 }

    /// The elements of an array; empty for everything else.
    public var elements: Elements { Elements(self) }

    /// The pairs of a map; empty for everything else.
    public var pairs: Pairs { Pairs(self) }

    /// The fields of a struct, or those pairs of a map whose key is a string, by name.
    public var fields: Fields { Fields(self) }

    /// The field of a struct, or the value of a map's pair, under a name; nil where there is none.
    public subscript(_ name: String) -> Value? {
        var name = name
        return name.withUTF8 { field(UnsafeRawBufferPointer($0)) }
    }

    /// The element of an array at a position.
    ///
    /// - Precondition: The value is an array and has such an element.
    public subscript(_ position: Int) -> Value {
        precondition(kind == .array && position >= 0 && position < token.count, "no such element")
        var index = index + 1
        for _ in 0..<position { index += Int(arena[index].span) }
        return Value(arena: arena, index: index)
    }

    /// The field or pair under a name given as UTF-8.
    package func field(_ name: UnsafeRawBufferPointer) -> Value? {
        arena.field(name, of: index).map { Value(arena: arena, index: $0) }
    }
}

extension ValueArena {
    /// The token of the field or pair under a name, in the container at an index.
    package func field(_ name: UnsafeRawBufferPointer, of container: Int) -> Int? {
        let token = self[container]
        switch token.kind {
        case .map: return pair(name, from: container + 1, to: container + Int(token.span))
        case .struct:
            guard let schema = schema(token.schema) else { return nil }
            var index = container + 1
            for field in schema.fields {
                if field.name.utf8.elementsEqual(name) { return index }
                index += Int(self[index].span)
            }
            return nil
        default: return nil
        }
    }

    private func pair(_ name: UnsafeRawBufferPointer, from: Int, to end: Int) -> Int? {
        var index = from
        while index < end {
            let key = self[index]
            let value = index + Int(key.span)
            if key.kind == .string, !key.flags.contains(.shadowed), self[key.range].equals(name) {
                return value
            }
            index = value + Int(self[value].span)
        }
        return nil
    }
}

extension Value {
    /// The elements of an array, in order.
    public struct Elements: Sequence, Sendable {
        private let value: Value

        init(_ value: Value) { self.value = value }

        /// Walks the elements.
        public func makeIterator() -> Iterator { Iterator(value) }

        /// Steps from element to element.
        public struct Iterator: IteratorProtocol {
            private let arena: ValueArena
            private var index: Int
            private var left: Int

            init(_ value: Value) {
                arena = value.arena
                index = value.index + 1
                left = value.kind == .array ? value.token.count : 0
            }

            /// The next element, or nil at the end.
            public mutating func next() -> Value? {
                guard left > 0 else { return nil }
                left -= 1
                defer { index += Int(arena[index].span) }
                return Value(arena: arena, index: index)
            }
        }
    }

    /// The pairs of a map, in order.
    public struct Pairs: Sequence, Sendable {
        private let value: Value

        init(_ value: Value) { self.value = value }

        /// Walks the pairs.
        public func makeIterator() -> Iterator { Iterator(value) }

        /// Steps from pair to pair.
        public struct Iterator: IteratorProtocol {
            private let arena: ValueArena
            private var index: Int
            private let end: Int

            init(_ value: Value) {
                arena = value.arena
                index = value.index + 1
                end = value.kind == .map ? value.index + Int(value.token.span) : index
            }

            /// The next pair, or nil at the end.
            public mutating func next() -> (key: Value, value: Value)? {
                while index < end {
                    let key = arena[index]
                    let keyIndex = index
                    let valueIndex = index + Int(key.span)
                    index = valueIndex + Int(arena[valueIndex].span)
                    if key.flags.contains(.shadowed) { continue }
                    return (
                        Value(arena: arena, index: keyIndex), Value(arena: arena, index: valueIndex)
                    )
                }
                return nil
            }
        }
    }

    /// The fields of a struct, or a map's pairs under string keys, with their names.
    public struct Fields: Sequence, Sendable {
        private let value: Value

        init(_ value: Value) { self.value = value }

        /// Walks the fields.
        public func makeIterator() -> Iterator { Iterator(value) }

        /// Steps from field to field.
        public struct Iterator: IteratorProtocol {
            private var pairs: Pairs.Iterator
            private var fields: ArraySlice<Schema.Field>
            private let arena: ValueArena
            private var index: Int

            init(_ value: Value) {
                pairs = value.pairs.makeIterator()
                fields = value.kind == .struct ? value.schema?.fields[...] ?? [] : []
                arena = value.arena
                index = value.index + 1
            }

            /// The next field, or nil at the end.
            public mutating func next() -> (name: String, value: Value)? {
                if let field = fields.popFirst() {
                    defer { index += Int(arena[index].span) }
                    return (field.name, Value(arena: arena, index: index))
                }
                while let (key, value) = pairs.next() {
                    if let name = key.string { return (name, value) }
                }
                return nil
            }
        }
    }
}
