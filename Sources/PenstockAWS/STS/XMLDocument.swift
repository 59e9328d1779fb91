/// The elements of a small XML text, and the text in each.
///
/// Made for the replies of AWS's query services. Attributes, comments and instructions are passed
/// over. Document types are refused, so that there are no entities but XML's own five and
/// characters by number. Nothing recurses, and what is kept is no larger than the text.
struct XMLDocument: Sendable {
    /// The largest text that is read, in bytes.
    static let maximumBytes = 64 << 10
    /// The most levels of elements.
    static let maximumDepth = 16

    /// One element: its name without prefix, its level from 0, and the text right inside it.
    struct Element: Hashable, Sendable {
        let name: String
        let depth: Int
        var text = ""
    }

    /// The elements in the order in which they begin; the first is the root.
    let elements: [Element]

    /// Reads a text of UTF-8.
    init(_ bytes: [UInt8]) throws(XMLError) {
        guard bytes.count <= Self.maximumBytes else { throw XMLError(.tooLarge, at: 0) }
        var parser = XMLParser(bytes)
        elements = try parser.parse()
    }

    /// The text of the first element under a path of names that begins below the root.
    ///
    /// White space around it does not count; `nil` where there is no such element or nothing in it.
    subscript(_ path: String...) -> String? {
        var start = 1
        var end = elements.count
        for (level, name) in path.enumerated() {
            let depth = level + 1
            guard
                let index = elements[start..<end].firstIndex(where: {
                    $0.depth == depth && $0.name == name
                })
            else { return nil }
            start = index + 1
            end = elements[start..<end].firstIndex { $0.depth <= depth } ?? end
        }
        let text = elements[start - 1].text.utf8.drop(while: \.isXMLSpace)
        let count = text.reversed().drop(while: \.isXMLSpace).count
        return count == 0 ? nil : String(text.prefix(count))
    }
}

extension UInt8 {
    var isXMLSpace: Bool { self == 0x20 || self == 0x0A || self == 0x0D || self == 0x09 }
}
