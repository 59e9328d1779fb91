/// Writes one value, token by token, into an arena.
///
/// Scalars are written as they come. A container is opened, filled and closed; a map takes its
/// keys and values in turn, a struct the values of its schema's fields in their order.
///
/// A builder for a value of one's own is made with ``init()`` and ended with ``finish()``; the
/// runtime hands converters one that writes into the batch.
public struct ValueBuilder: ~Copyable {
    package let arena: ValueArena
    /// The index of the first token that this builder wrote.
    package let start: Int
    /// How many containers of others were open when this builder began.
    private let floor: Int

    /// The most containers that may be open at once.
    public static let maximumDepth = 64

    /// Begins a value with memory of its own.
    public init() { self.init(arena: ValueArena()) }

    package init(arena: ValueArena) {
        self.arena = arena
        start = arena.tokenCount
        floor = arena.memory.pointee.openCount
    }

    /// Whether nothing was written yet.
    public var isEmpty: Bool { arena.tokenCount == start }

    /// Ends the value.
    ///
    /// - Precondition: Exactly one value was written and every container is closed.
    public consuming func finish() -> Value {
        precondition(arena.memory.pointee.openCount == floor, "a container is still open")
        precondition(
            arena.tokenCount > start && arena.tokenCount - start == Int(arena[start].span),
            "a builder writes exactly one value")
        return Value(arena: arena, index: start)
    }

    /// Adds null.
    public mutating func null(_ schema: Schema? = nil) { add(Token(.null), schema) }

    /// Adds a boolean.
    public mutating func boolean(_ value: Bool, _ schema: Schema? = nil) {
        add(Token(.boolean, payload: value ? 1 : 0), schema)
    }

    /// Adds an integer of 8 bits.
    public mutating func int8(_ value: Int8, _ schema: Schema? = nil) {
        add(Token(.int8, payload: UInt64(bitPattern: Int64(value))), schema)
    }

    /// Adds an integer of 16 bits.
    public mutating func int16(_ value: Int16, _ schema: Schema? = nil) {
        add(Token(.int16, payload: UInt64(bitPattern: Int64(value))), schema)
    }

    /// Adds an integer of 32 bits.
    public mutating func int32(_ value: Int32, _ schema: Schema? = nil) {
        add(Token(.int32, payload: UInt64(bitPattern: Int64(value))), schema)
    }

    /// Adds an integer of 64 bits.
    public mutating func int64(_ value: Int64, _ schema: Schema? = nil) {
        add(Token(.int64, payload: UInt64(bitPattern: value)), schema)
    }

    /// Adds a floating-point number of 32 bits.
    public mutating func float32(_ value: Float, _ schema: Schema? = nil) {
        add(Token(.float32, payload: Double(value).bitPattern), schema)
    }

    /// Adds a floating-point number of 64 bits.
    public mutating func float64(_ value: Double, _ schema: Schema? = nil) {
        add(Token(.float64, payload: value.bitPattern), schema)
    }

    /// Adds a string.
    public mutating func string(_ value: String, _ schema: Schema? = nil) {
        var value = value
        let range = value.withUTF8 { arena.append(UnsafeRawBufferPointer($0)) }
        string(range, schema)
    }

    /// Adds bytes.
    public mutating func bytes(_ value: some Sequence<UInt8>, _ schema: Schema? = nil) {
        let range = Array(value).withUnsafeBytes { arena.append($0) }
        add(Token(.bytes, range: range), schema)
    }

    /// Adds a number given as JSON's decimal text, whose digits are all kept.
    ///
    /// - Precondition: The text follows JSON's grammar for numbers.
    public mutating func number(_ text: String, _ schema: Schema? = nil) {
        decimal(text, kind: .number, schema)
    }

    /// Adds a decimal whose digits after the point are its scale.
    ///
    /// - Precondition: The text follows JSON's grammar for numbers.
    public mutating func decimal(_ text: String, _ schema: Schema? = nil) {
        decimal(text, kind: .decimal, schema)
    }

    private mutating func decimal(_ text: String, kind: Value.Kind, _ schema: Schema?) {
        var text = text
        let range = text.withUTF8 { arena.append(UnsafeRawBufferPointer($0)) }
        let end = JSONScanner.number(in: arena[range], at: 0)
        precondition(end == Int(range.count), "not a number by JSON's grammar")
        let integral = arena[range].allSatisfy { $0 >= 0x30 && $0 <= 0x39 || $0 == 0x2D }
        add(Token(kind, flags: integral ? .integral : [], range: range), schema)
    }

    /// Opens an array.
    public mutating func beginArray(_ schema: Schema? = nil) { begin(.array, schema) }

    /// Opens a map.
    public mutating func beginMap(_ schema: Schema? = nil) { begin(.map, schema) }

    /// Opens a struct whose schema names its fields.
    public mutating func beginStruct(_ schema: Schema) { begin(.struct, schema) }

    /// Adds a string as the key of the pair that follows.
    public mutating func key(_ name: String) { string(name) }

    /// Closes the container that was opened last.
    ///
    /// Of a map's pairs with equal keys the last stays.
    public mutating func end() {
        precondition(arena.memory.pointee.openCount > floor, "no container is open")
        let container = arena.closeContainer()
        if container.kind == .struct, let schema = arena.schema(container.schema) {
            precondition(
                container.count == schema.fields.count, "a struct takes each field's value once")
        }
    }

    private mutating func begin(_ kind: Value.Kind, _ schema: Schema?) {
        precondition(
            arena.memory.pointee.openCount - floor < Self.maximumDepth,
            "at most 64 containers may be open")
        add(Token(kind), schema)
        arena.memory.pointee.openContainer()
    }

    private mutating func add(_ token: Token, _ schema: Schema?) {
        var token = token
        token.schema = arena.number(of: schema)
        arena.memory.pointee.add(token)
    }
}

extension ValueBuilder {
    /// Adds a scalar's token, whose schema is numbered and whose text lies in the arena.
    package mutating func add(_ token: Token) {
        arena.memory.pointee.countElement(isAt: arena.append(token))
    }

    /// Opens a container whose token's schema is numbered.
    package mutating func begin(_ token: Token) {
        precondition(
            arena.memory.pointee.openCount - floor < Self.maximumDepth,
            "at most 64 containers may be open")
        add(token)
        arena.memory.pointee.openContainer()
    }

    /// Drops what was written since so many tokens stood, and closes what it left open: the start of
    /// a value that then could not be read.
    package mutating func unwind(to tokenCount: Int) {
        arena.memory.pointee.openCount = floor
        arena.truncateTokens(to: tokenCount)
    }

    /// Adds a string that lies in the arena already.
    package mutating func string(_ range: ByteRange, _ schema: Schema? = nil) {
        let plain = arena[range].allSatisfy { $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C }
        add(Token(.string, flags: plain ? .plain : [], range: range), schema)
    }

    /// Adds bytes that lie in the arena already.
    package mutating func bytes(_ range: ByteRange, _ schema: Schema? = nil) {
        add(Token(.bytes, range: range), schema)
    }

    /// Adds a copy of a value of whatever arena.
    public mutating func value(_ value: Value) {
        let source = value.arena
        let first = arena.tokenCount
        for index in value.index..<value.index + Int(value.token.span) {
            var token = source[index]
            token.schema = arena.number(of: source.schema(token.schema))
            if token.kind.isText {
                token.payload =
                    source === arena ? token.payload : arena.append(source[token.range]).packed
            }
            arena.append(token)
        }
        arena.memory.pointee.countElement(isAt: first)
    }
}
