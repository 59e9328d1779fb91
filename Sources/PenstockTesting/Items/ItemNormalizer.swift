import Penstock
import PenstockDynamoDB

/// Reads an item of a request: checks it by DynamoDB's rules, measures it and writes it as it is kept.
struct ItemNormalizer: ~Copyable {
    let arena: ValueArena
    var output = OutputBuffer(capacity: 512)
    var size = 0

    init(_ arena: ValueArena) { self.arena = arena }

    /// Reads the map of attributes at an index.
    mutating func item(at index: Int) throws(ServiceFailure) { try members(at: index, depth: 0) }

    /// Writes the pairs of a map of attributes; the braces too.
    private mutating func members(at map: Int, depth: Int) throws(ServiceFailure) {
        guard arena[map].kind == .map else { throw .serialization() }
        let end = map + Int(arena[map].span)
        var index = map + 1
        var isFirst = true
        output.append(UInt8(ascii: "{"))
        while index < end {
            let name = arena[index]
            let value = index + 1
            index = value + Int(arena[value].span)
            if name.flags.contains(.shadowed) { continue }
            if !isFirst { output.append(UInt8(ascii: ",")) }
            isFirst = false
            size += Int(name.range.count)
            string(name)
            output.append(UInt8(ascii: ":"))
            try attribute(at: value, depth: depth + 1)
        }
        output.append(UInt8(ascii: "}"))
    }

    /// Writes one attribute value, whose type is the one name of a map.
    mutating func attribute(at index: Int, depth: Int) throws(ServiceFailure) {
        let (type, value) = try arena.attributeType(at: index)
        guard depth <= ItemLimits.nesting else {
            throw .validation("Nesting Levels have exceeded supported limits")
        }
        output.append("{")
        output.append(UInt8(ascii: "\""))
        output.append(arena[arena[type].range])
        output.append("\":")
        let name = arena[arena[type].range]
        switch (name.count, name.first) {
        case (1, UInt8(ascii: "S")): try scalarString(arena[value])
        case (1, UInt8(ascii: "N")): try number(arena[value])
        case (1, UInt8(ascii: "B")): try bytes(arena[value])
        case (1, UInt8(ascii: "M")): try map(at: value, depth: depth)
        case (1, UInt8(ascii: "L")): try list(at: value, depth: depth)
        case (2, _): try set(at: value, name[0])
        case (4, UInt8(ascii: "B")): try boolean(arena[value])
        default: try null(arena[value])
        }
        output.append("}")
    }

    private mutating func map(at index: Int, depth: Int) throws(ServiceFailure) {
        size += 3 + arena[index].count
        try members(at: index, depth: depth)
    }

    private mutating func list(at index: Int, depth: Int) throws(ServiceFailure) {
        guard arena[index].kind == .array else { throw .serialization() }
        size += 3 + arena[index].count
        output.append("[")
        var element = index + 1
        for position in 0..<arena[index].count {
            if position > 0 { output.append(",") }
            try attribute(at: element, depth: depth + 1)
            element += Int(arena[element].span)
        }
        output.append("]")
    }

    private mutating func boolean(_ token: Token) throws(ServiceFailure) {
        guard token.kind == .boolean else { throw .serialization() }
        size += 1
        output.append(token.boolean ? "true" : "false")
    }

    private mutating func null(_ token: Token) throws(ServiceFailure) {
        guard token.kind == .boolean else { throw .serialization() }
        guard token.boolean else {
            throw .invalidParameter("Null attribute value types must have the value of true")
        }
        size += 1
        output.append("true")
    }

    // MARK: Strings, numbers, bytes

    private mutating func string(_ token: Token) {
        if token.flags.contains(.plain) {
            output.append(UInt8(ascii: "\""))
            output.append(arena[token.range])
            output.append(UInt8(ascii: "\""))
        } else {
            output.appendJSON(string: arena[token.range])
        }
    }

    private mutating func scalarString(_ token: Token) throws(ServiceFailure) {
        guard token.kind == .string else { throw .serialization() }
        size += Int(token.range.count)
        string(token)
    }

    private mutating func number(_ token: Token) throws(ServiceFailure) {
        guard token.kind == .string else { throw .serialization() }
        let text = arena[token.range]
        size += try NumberRule.size(of: text)
        output.append(UInt8(ascii: "\""))
        NumberRule.write(text, to: &output)
        output.append(UInt8(ascii: "\""))
    }

    private mutating func bytes(_ token: Token) throws(ServiceFailure) {
        guard token.kind == .string else { throw .serialization() }
        size += try Base64Rule.count(arena[token.range])
        string(token)
    }

    private mutating func set(at index: Int, _ type: UInt8) throws(ServiceFailure) {
        guard arena[index].kind == .array else { throw .serialization() }
        guard arena[index].count > 0 else {
            throw .invalidParameter("An set may not be empty")
        }
        var seen: Set<[UInt8]> = []
        output.append("[")
        for position in 0..<arena[index].count {
            if position > 0 { output.append(",") }
            let token = arena[index + 1 + position]
            let start = output.count
            switch type {
            case UInt8(ascii: "S"): try scalarString(token)
            case UInt8(ascii: "N"): try number(token)
            default: try bytes(token)
            }
            // Numbers are written in one spelling, so equal ones are equal bytes.
            let written = output.bytes[start...]
            guard seen.insert(Array(written)).inserted else {
                throw .invalidParameter("Input collection contains duplicates")
            }
        }
        output.append("]")
    }
}
