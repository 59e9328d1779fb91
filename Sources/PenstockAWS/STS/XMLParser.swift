/// Reads XML into elements, in one pass and without recursion.
struct XMLParser {
    private let bytes: [UInt8]
    private var offset = 0
    private var elements: [XMLDocument.Element] = []
    /// The positions of the elements that are open, and their whole names with prefixes.
    private var open: [(index: Int, name: ArraySlice<UInt8>)] = []

    /// The longest name, in bytes.
    private static let maximumNameLength = 128

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func parse() throws(XMLError) -> [XMLDocument.Element] {
        if isNext("\u{FEFF}") { offset += 3 }
        while offset < bytes.count {
            if bytes[offset] == UInt8(ascii: "<") {
                try readMarkup()
            } else {
                try readText()
            }
        }
        guard open.isEmpty else { throw fault(.unexpectedEnd) }
        guard !elements.isEmpty else { throw fault(.manyRoots) }
        return elements
    }

    private mutating func readMarkup() throws(XMLError) {
        if isNext("<?") {
            _ = try skip(past: "?>")
        } else if isNext("<!--") {
            offset += 4
            _ = try skip(past: "-->")
        } else if isNext("<![CDATA[") {
            offset += 9
            try append(try skip(past: "]]>"))
        } else if isNext("<!") {
            throw fault(.declaration)
        } else if isNext("</") {
            try readEndTag()
        } else {
            try readStartTag()
        }
    }

    private mutating func readStartTag() throws(XMLError) {
        offset += 1
        let name = try readName()
        guard open.count < XMLDocument.maximumDepth else { throw fault(.tooDeep) }
        guard !open.isEmpty || elements.isEmpty else { throw fault(.manyRoots) }
        let local = name.split(separator: UInt8(ascii: ":")).last ?? name
        let element = XMLDocument.Element(
            name: String(decoding: local, as: UTF8.self), depth: open.count)
        open.append((elements.count, name))
        elements.append(element)
        try skipAttributes()
        if isNext("/>") {
            offset += 2
            open.removeLast()
        } else {
            offset += 1
        }
    }

    /// Stops at `>` or `/>`.
    private mutating func skipAttributes() throws(XMLError) {
        while offset < bytes.count {
            switch bytes[offset] {
            case UInt8(ascii: ">"): return
            case UInt8(ascii: "/"):
                guard isNext("/>") else { throw fault(.invalidTag) }
                return
            case UInt8(ascii: "<"): throw fault(.invalidTag)
            case let quote where quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"):
                offset += 1
                guard let end = bytes[offset...].firstIndex(of: quote) else {
                    throw fault(.unexpectedEnd)
                }
                offset = end + 1
            default: offset += 1
            }
        }
        throw fault(.unexpectedEnd)
    }

    private mutating func readEndTag() throws(XMLError) {
        offset += 2
        let name = try readName()
        while offset < bytes.count, bytes[offset].isXMLSpace { offset += 1 }
        guard isNext(">") else { throw fault(.invalidTag) }
        guard let last = open.popLast(), last.name == name else { throw fault(.mismatchedTag) }
        offset += 1
    }

    private mutating func readName() throws(XMLError) -> ArraySlice<UInt8> {
        let name = bytes[offset...].prefix { byte in
            switch byte {
            case 0x30...0x3A, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
            default: false
            }
        }
        guard !name.isEmpty, name.count <= Self.maximumNameLength else {
            throw fault(offset < bytes.count ? .invalidName : .unexpectedEnd)
        }
        offset = name.endIndex
        return name
    }

    /// Text up to the next tag, references replaced.
    private mutating func readText() throws(XMLError) {
        let end = bytes[offset...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
        guard let last = open.last else {
            // Around the root.
            guard bytes[offset..<end].allSatisfy(\.isXMLSpace) else { throw fault(.invalidText) }
            offset = end
            return
        }
        while offset < end {
            let plain = bytes[offset..<end].prefix { $0 != UInt8(ascii: "&") }
            try append(plain)
            offset = plain.endIndex
            if offset < end { elements[last.index].text.unicodeScalars.append(try reference()) }
        }
    }

    private mutating func append(_ text: ArraySlice<UInt8>) throws(XMLError) {
        guard let last = open.last, let text = String(validating: text, as: UTF8.self) else {
            throw fault(.invalidText)
        }
        elements[last.index].text += text
    }

    /// The character that `&name;` or `&#number;` stands for.
    private mutating func reference() throws(XMLError) -> Unicode.Scalar {
        guard
            let end = bytes[offset...].prefix(12).firstIndex(of: UInt8(ascii: ";")),
            let scalar = Self.scalar(String(decoding: bytes[(offset + 1)..<end], as: UTF8.self))
        else { throw fault(.invalidReference) }
        offset = end + 1
        return scalar
    }

    private static func scalar(_ name: String) -> Unicode.Scalar? {
        switch name {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        default:
            let number =
                name.hasPrefix("#x")
                ? UInt32(name.dropFirst(2), radix: 16)
                : name.hasPrefix("#") ? UInt32(name.dropFirst(), radix: 10) : nil
            guard let scalar = number.flatMap(Unicode.Scalar.init) else { return nil }
            // XML knows no other control characters.
            return scalar.value >= 0x20 || [9, 10, 13].contains(scalar.value) ? scalar : nil
        }
    }

    private func isNext(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard bytes.count - offset >= count else { return false }
        return text.withUTF8Buffer { bytes[offset..<(offset + count)].elementsEqual($0) }
    }

    /// Moves behind the next occurrence and returns what stands before it.
    private mutating func skip(past end: StaticString) throws(XMLError) -> ArraySlice<UInt8> {
        let start = offset
        while offset < bytes.count {
            if isNext(end) {
                let content = bytes[start..<offset]
                offset += end.utf8CodeUnitCount
                return content
            }
            offset += 1
        }
        throw fault(.unexpectedEnd)
    }

    private func fault(_ code: XMLError.Code) -> XMLError { XMLError(code, at: offset) }
}
