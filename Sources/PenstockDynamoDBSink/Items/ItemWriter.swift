import Penstock
import PenstockDynamoDB

/// Writes values of a record as DynamoDB's attribute JSON, straight from their tokens, and counts
/// what DynamoDB will count.
///
/// It borrows the arena's memory, which must not be written to meanwhile.
struct ItemWriter {
    private let arena: ValueArena
    private let tokens: UnsafePointer<Token>
    private let bytes: UnsafeRawPointer
    /// The bytes that DynamoDB counts for what was written so far.
    private(set) var size = 0
    /// Whether a field was left out because a key attribute of its name is made of something else.
    private(set) var hidesField = false

    init(arena: ValueArena) {
        self.arena = arena
        tokens = arena.tokens
        bytes = arena.bytes
    }

    private func text(_ range: ByteRange) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: bytes + Int(range.offset), count: Int(range.count))
    }

    // MARK: Attributes

    /// Writes the fields of a struct or map as attributes, each behind a comma if one precedes it.
    ///
    /// - Parameters:
    ///   - container: The index of its token.
    ///   - isFirst: Whether no attribute was written yet.
    ///   - keys: The attributes that are written already, which no field replaces.
    ///   - output: Takes the JSON.
    /// - Throws: An ``ItemError`` that names the place.
    mutating func attributes(
        of container: Int, isFirst: Bool, except keys: KeyAttributes, to output: inout OutputBuffer
    ) throws(ItemError) {
        var isFirst = isFirst
        do throws(ItemError) {
            if tokens[container].kind == .struct {
                try structFields(
                    of: container, level: 1, isFirst: &isFirst, except: keys, to: &output)
            } else {
                try mapPairs(of: container, level: 1, isFirst: &isFirst, except: keys, to: &output)
            }
            try count(0)
        } catch {
            throw error.reason == .rule(.itemSize) ? Self.tooLarge : error
        }
    }

    /// Writes a value that is neither struct nor map as the attribute `value`.
    mutating func attribute(
        of index: Int, isFirst: Bool, except keys: KeyAttributes, to output: inout OutputBuffer
    ) throws(ItemError) {
        let name: StaticString = "value"
        let nameBytes = UnsafeRawBufferPointer(start: name.utf8Start, count: 5)
        if isKey(nameBytes, keys) { return }
        if !isFirst { output.append(UInt8(ascii: ",")) }
        output.append("\"value\":")
        size += 5
        do throws(ItemError) {
            try value(at: index, level: 1, to: &output)
            try count(0)
        } catch {
            throw error.reason == .rule(.itemSize) ? Self.tooLarge : error.inside("value")
        }
    }

    /// Counts a key attribute that was written by someone else.
    mutating func count(key bytes: Int) { size += bytes }

    /// Counts bytes before they are written: of an item that is too large no more is copied.
    private mutating func count(_ bytes: Int) throws(ItemError) {
        size += bytes
        if size > ItemLimits.itemSize { throw Self.tooLarge }
    }

    /// It is the whole item that is too large, not the place where the count went over.
    private static let tooLarge = ItemError(.rule(.itemSize))

    /// Whether a field's name is a key attribute's, which is written already.
    private mutating func isKey(_ name: UnsafeRawBufferPointer, _ keys: KeyAttributes) -> Bool {
        switch keys.match(name) {
        case .none: return false
        case .source: return true
        case .hidden:
            hidesField = true
            return true
        }
    }

    private mutating func isKey(_ name: String, _ keys: KeyAttributes) -> Bool {
        var name = name
        return name.withUTF8 { isKey(UnsafeRawBufferPointer($0), keys) }
    }

    // MARK: Containers

    private mutating func mapPairs(
        of container: Int, level: Int, isFirst: inout Bool, except keys: KeyAttributes,
        to output: inout OutputBuffer
    ) throws(ItemError) {
        let end = container + Int(tokens[container].span)
        var index = container + 1
        while index < end {
            let key = tokens[index]
            let value = index + Int(key.span)
            index = value + Int(tokens[value].span)
            if key.flags.contains(.shadowed) { continue }
            if key.kind == .string {
                let name = text(key.range)
                if isKey(name, keys) { continue }
                if !isFirst { output.append(UInt8(ascii: ",")) }
                isFirst = false
                try attributeName(name, isPlain: key.flags.contains(.plain), to: &output)
            } else {
                let name = try mapKey(key)
                if isKey(name, keys) { continue }
                if !isFirst { output.append(UInt8(ascii: ",")) }
                isFirst = false
                try withName(name) { name throws(ItemError) in
                    try attributeName(name, isPlain: true, to: &output)
                }
            }
            do {
                try self.value(at: value, level: level, to: &output)
            } catch {
                throw error.inside(Value(arena: arena, index: value).nameInMap(before: key, arena))
            }
        }
    }

    private mutating func structFields(
        of container: Int, level: Int, isFirst: inout Bool, except keys: KeyAttributes,
        to output: inout OutputBuffer
    ) throws(ItemError) {
        guard let schema = arena.schema(tokens[container].schema) else { return }
        var index = container + 1
        for field in schema.fields {
            let value = index
            index += Int(tokens[value].span)
            var isKey = false
            try withName(field.name) { name throws(ItemError) in
                isKey = self.isKey(name, keys)
                if isKey { return }
                if !isFirst { output.append(UInt8(ascii: ",")) }
                isFirst = false
                try attributeName(name, isPlain: false, to: &output)
            }
            if isKey { continue }
            do {
                try self.value(at: value, level: level, to: &output)
            } catch {
                throw error.inside(field.name)
            }
        }
    }

    private func withName(
        _ name: String, _ body: (UnsafeRawBufferPointer) throws(ItemError) -> Void
    ) throws(ItemError) {
        var name = name
        // `withUTF8` does not know typed errors.
        let result = name.withUTF8 { bytes -> Result<Void, ItemError> in
            do throws(ItemError) {
                return .success(try body(UnsafeRawBufferPointer(bytes)))
            } catch {
                return .failure(error)
            }
        }
        try result.get()
    }

    private mutating func attributeName(
        _ name: UnsafeRawBufferPointer, isPlain: Bool, to output: inout OutputBuffer
    ) throws(ItemError) {
        guard name.count > 0, name.count <= ItemLimits.attributeName else {
            throw ItemError(.rule(.attributeName))
        }
        size += name.count
        if isPlain {
            output.append(UInt8(ascii: "\""))
            output.append(name)
            output.append("\":")
        } else {
            output.appendJSON(string: name)
            output.append(UInt8(ascii: ":"))
        }
    }

    /// A map's key that is not a string, as text.
    private func mapKey(_ key: Token) throws(ItemError) -> String {
        switch key.kind {
        case .boolean: key.boolean ? "true" : "false"
        case .int8, .int16, .int32, .int64: String(key.integer)
        case .float32: Float(key.double).description
        case .float64: key.double.description
        case .number, .decimal: String(decoding: text(key.range), as: UTF8.self)
        default: throw ItemError(.mapKey)
        }
    }

    // MARK: Values

    private mutating func value(
        at index: Int, level: Int, to output: inout OutputBuffer
    ) throws(ItemError) {
        guard level <= ItemLimits.nesting else { throw ItemError(.rule(.nesting)) }
        let token = tokens[index]
        switch token.kind {
        case .null:
            output.append("{\"NULL\":true}")
            size += 1
        case .boolean:
            output.append(token.boolean ? "{\"BOOL\":true}" : "{\"BOOL\":false}")
            size += 1
        case .string: try string(token, to: &output)
        case .number, .decimal: try number(text(token.range), to: &output)
        case .int8, .int16, .int32, .int64: try integer(token.integer, to: &output)
        case .float32, .float64: try float(token, to: &output)
        case .bytes:
            try count(Int(token.range.count))
            output.append("{\"B\":\"")
            output.appendBase64(text(token.range))
            output.append("\"}")
        case .array:
            output.append("{\"L\":[")
            try count(3 + token.count)
            try elements(of: index, level: level + 1, to: &output)
            output.append("]}")
        case .map, .struct:
            output.append("{\"M\":{")
            try count(3 + token.count)
            var isFirst = true
            if token.kind == .map {
                try mapPairs(
                    of: index, level: level + 1, isFirst: &isFirst, except: .none, to: &output)
            } else {
                try structFields(
                    of: index, level: level + 1, isFirst: &isFirst, except: .none, to: &output)
            }
            output.append("}}")
        }
    }

    private mutating func elements(
        of container: Int, level: Int, to output: inout OutputBuffer
    ) throws(ItemError) {
        var index = container + 1
        for position in 0..<tokens[container].count {
            if position > 0 { output.append(UInt8(ascii: ",")) }
            do {
                try value(at: index, level: level, to: &output)
            } catch {
                throw error.inside(String(position))
            }
            index += Int(tokens[index].span)
        }
    }

    private mutating func string(
        _ token: Token, to output: inout OutputBuffer
    ) throws(ItemError) {
        let text = text(token.range)
        try count(text.count)
        if token.flags.contains(.plain) {
            output.append("{\"S\":\"")
            output.append(text)
            output.append("\"}")
        } else {
            output.append("{\"S\":")
            output.appendJSON(string: text)
            output.append(UInt8(ascii: "}"))
        }
    }

    private mutating func number(
        _ text: UnsafeRawBufferPointer, to output: inout OutputBuffer
    ) throws(ItemError) {
        // A short integer breaks no rule; its size follows from its digits unless it ends in zeros.
        if text.count > 15 || !Self.isShortInteger(text) {
            if let fault = DynamoDBNumber.fault(in: text) {
                throw ItemError(.rule(ItemFault.Rule(fault)))
            }
            size += DynamoDBNumber.size(of: text)
        } else {
            size += Self.sizeOfShortInteger(text)
        }
        output.append("{\"N\":\"")
        output.append(text)
        output.append("\"}")
    }

    private static func isShortInteger(_ text: UnsafeRawBufferPointer) -> Bool {
        let digits = text.first == UInt8(ascii: "-") ? text.dropFirst() : text[...]
        guard let first = digits.first, first != 0x30, let last = digits.last, last != 0x30 else {
            return false
        }
        return digits.allSatisfy { $0 &- 0x30 < 10 }
    }

    private static func sizeOfShortInteger(_ text: UnsafeRawBufferPointer) -> Int {
        let isNegative = text.first == UInt8(ascii: "-")
        return 1 + (text.count - (isNegative ? 1 : 0) + 1) / 2 + (isNegative ? 1 : 0)
    }

    private mutating func integer(
        _ value: Int64, to output: inout OutputBuffer
    ) throws(ItemError) {
        output.append("{\"N\":\"")
        let start = output.count
        output.append(value)
        size += DynamoDBNumber.size(
            of: UnsafeRawBufferPointer(rebasing: output.bytes[start..<output.count]))
        output.append("\"}")
    }

    /// The shortest text that reads back as the same number.
    private mutating func float(_ token: Token, to output: inout OutputBuffer) throws(ItemError) {
        guard token.double.isFinite else { throw ItemError(.notFinite) }
        var text = token.kind == .float32 ? Float(token.double).description : "\(token.double)"
        if text.hasSuffix(".0") { text.removeLast(2) }
        try withName(text) { bytes throws(ItemError) in try number(bytes, to: &output) }
    }
}

extension Value {
    /// The name under which a value stands in its map, for an error's path.
    fileprivate func nameInMap(before key: Token, _ arena: ValueArena) -> String {
        key.kind == .string ? String(decoding: arena[key.range], as: UTF8.self) : "\(key.kind)"
    }
}
