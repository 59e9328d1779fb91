extension Value {
    /// Reads one JSON text, UTF-8, with nothing but white space around it.
    ///
    /// Objects become maps, numbers keep their text; of an object's equal names the last counts.
    ///
    /// - Parameters:
    ///   - json: The text.
    ///   - maximumDepth: The most levels of arrays and objects, at most 256.
    /// - Throws: A ``JSONError`` that says what is wrong, and where.
    public init(json: some Sequence<UInt8>, maximumDepth: Int = 64) throws(JSONError) {
        let text = Array(json)
        let arena = ValueArena(byteCapacity: text.count, tokenCapacity: text.count / 8)
        let range = text.withUnsafeBytes { arena.append($0) }
        let depth = min(maximumDepth, ArenaMemory.maximumDepth)
        self.init(
            arena: arena, index: try JSONParser.parse(range, in: arena, maximumDepth: depth))
    }

    /// The value as JSON without schemas: bytes as base64, numbers with all their digits.
    ///
    /// A map whose keys are not all strings has its keys written as the text of their value. NaN
    /// and the infinities, which JSON does not have, become null.
    public func json() -> [UInt8] {
        var output = OutputBuffer()
        JSONWriter.write(arena, index, to: &output)
        return Array(output.bytes)
    }
}

/// Writes tokens as JSON without schemas.
package enum JSONWriter {
    /// Writes the value whose token stands at an index; the depth of values is bounded where they
    /// are made, so this may recurse.
    package static func write(_ arena: ValueArena, _ index: Int, to output: inout OutputBuffer) {
        let token = arena[index]
        switch token.kind {
        case .null: output.append("null")
        case .boolean: output.append(token.boolean ? "true" : "false")
        case .int8, .int16, .int32, .int64: output.append(token.integer)
        case .float32, .float64:
            let text = Value(arena: arena, index: index).number ?? "null"
            output.append(text: token.double.isFinite ? text : "null")
        case .number, .decimal: output.append(arena[token.range])
        case .string: string(arena, token, to: &output)
        case .bytes:
            output.append(UInt8(ascii: "\""))
            output.appendBase64(arena[token.range])
            output.append(UInt8(ascii: "\""))
        case .array: array(arena, index, to: &output)
        case .map: map(arena, index, to: &output)
        case .struct: `struct`(arena, index, to: &output)
        }
    }

    private static func string(_ arena: ValueArena, _ token: Token, to output: inout OutputBuffer) {
        if token.flags.contains(.plain) {
            output.append(UInt8(ascii: "\""))
            output.append(arena[token.range])
            output.append(UInt8(ascii: "\""))
        } else {
            output.appendJSON(string: arena[token.range])
        }
    }

    private static func array(_ arena: ValueArena, _ index: Int, to output: inout OutputBuffer) {
        output.append(UInt8(ascii: "["))
        var element = index + 1
        for position in 0..<arena[index].count {
            if position > 0 { output.append(UInt8(ascii: ",")) }
            write(arena, element, to: &output)
            element += Int(arena[element].span)
        }
        output.append(UInt8(ascii: "]"))
    }

    private static func map(_ arena: ValueArena, _ index: Int, to output: inout OutputBuffer) {
        output.append(UInt8(ascii: "{"))
        var separate = false
        for (key, value) in Value(arena: arena, index: index).pairs {
            if separate { output.append(UInt8(ascii: ",")) }
            separate = true
            if key.kind == .string {
                string(arena, key.token, to: &output)
            } else {
                var text = OutputBuffer(capacity: 32)
                write(arena, key.index, to: &text)
                output.appendJSON(string: text.bytes)
            }
            output.append(UInt8(ascii: ":"))
            write(arena, value.index, to: &output)
        }
        output.append(UInt8(ascii: "}"))
    }

    private static func `struct`(
        _ arena: ValueArena, _ index: Int, to output: inout OutputBuffer
    ) {
        output.append(UInt8(ascii: "{"))
        var separate = false
        for (name, value) in Value(arena: arena, index: index).fields {
            if separate { output.append(UInt8(ascii: ",")) }
            separate = true
            var name = name
            name.withUTF8 { output.appendJSON(string: UnsafeRawBufferPointer($0)) }
            output.append(UInt8(ascii: ":"))
            write(arena, value.index, to: &output)
        }
        output.append(UInt8(ascii: "}"))
    }
}
