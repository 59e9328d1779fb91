internal import Penstock

extension OutputBuffer {
    /// Adds a string with its quotes.
    mutating func append(json text: String) {
        var text = text
        text.withUTF8 { appendJSON(string: UnsafeRawBufferPointer($0)) }
    }

    /// Adds bytes as a base64 string with its quotes.
    mutating func append(base64 bytes: [UInt8]) {
        append(UInt8(ascii: "\""))
        bytes.withUnsafeBytes { appendBase64($0) }
        append(UInt8(ascii: "\""))
    }

    /// Adds an item as DynamoDB's JSON.
    mutating func append(item: Item) {
        append(UInt8(ascii: "{"))
        var isFirst = true
        for (name, value) in item {
            if !isFirst { append(UInt8(ascii: ",")) }
            isFirst = false
            append(json: name)
            append(UInt8(ascii: ":"))
            append(attribute: value)
        }
        append(UInt8(ascii: "}"))
    }

    /// Adds a value as DynamoDB's JSON: an object with the type as its only name.
    mutating func append(attribute value: AttributeValue) {
        switch value {
        case .s(let text): tagged("S") { $0.append(json: text) }
        case .n(let text): tagged("N") { $0.append(json: text) }
        case .b(let bytes): tagged("B") { $0.append(base64: bytes) }
        case .bool(let value): append(value ? "{\"BOOL\":true}" : "{\"BOOL\":false}")
        case .null: append("{\"NULL\":true}")
        case .m(let item): tagged("M") { $0.append(item: item) }
        case .l(let values):
            tagged("L") { $0.append(list: values) { $0.append(attribute: $1) } }
        case .ss(let members): tagged("SS") { $0.append(list: members) { $0.append(json: $1) } }
        case .ns(let members): tagged("NS") { $0.append(list: members) { $0.append(json: $1) } }
        case .bs(let members): tagged("BS") { $0.append(list: members) { $0.append(base64: $1) } }
        }
    }

    /// Adds an array.
    mutating func append<Element>(
        list: [Element], _ element: (inout OutputBuffer, Element) -> Void
    ) {
        append(UInt8(ascii: "["))
        for (index, value) in list.enumerated() {
            if index > 0 { append(UInt8(ascii: ",")) }
            element(&self, value)
        }
        append(UInt8(ascii: "]"))
    }

    private mutating func tagged(_ tag: StaticString, _ content: (inout OutputBuffer) -> Void) {
        append("{\"")
        append(tag)
        append("\":")
        content(&self)
        append(UInt8(ascii: "}"))
    }
}

extension AttributeValue {
    /// Reads a value of DynamoDB's JSON; nil where it is none.
    ///
    /// The module is named because `Value` alone is what a dictionary literal of this type holds.
    init?(json: Penstock.Value) {
        guard json.kind == .map, json.count == 1,
            let (tag, content) = json.fields.first(where: { _ in true })
        else { return nil }
        let value: AttributeValue? =
            switch tag {
            case "S": content.string.map(AttributeValue.s)
            case "N": content.string.map(AttributeValue.n)
            case "B": content.base64.map(AttributeValue.b)
            case "BOOL": content.boolean.map(AttributeValue.bool)
            case "NULL": content.boolean == true ? .null : nil
            case "M": Item(json: content).map(AttributeValue.m)
            case "L": content.list(AttributeValue.init(json:)).map(AttributeValue.l)
            case "SS": content.list(\.string).map(AttributeValue.ss)
            case "NS": content.list(\.string).map(AttributeValue.ns)
            case "BS": content.list(\.base64).map(AttributeValue.bs)
            default: nil
            }
        guard let value else { return nil }
        self = value
    }
}

extension Item {
    /// Reads an item of DynamoDB's JSON; nil where it is none.
    init?(json: Penstock.Value) {
        guard json.kind == .map else { return nil }
        var item = Item(minimumCapacity: json.count)
        for (name, value) in json.fields {
            guard let value = AttributeValue(json: value) else { return nil }
            item[name] = value
        }
        self = item
    }
}

extension Value {
    /// The elements of an array, each read; nil where it is no array or one cannot be read.
    func list<Element>(_ read: (Value) -> Element?) -> [Element]? {
        guard kind == .array else { return nil }
        var list: [Element] = []
        list.reserveCapacity(count)
        for element in elements {
            guard let value = read(element) else { return nil }
            list.append(value)
        }
        return list
    }

    /// The bytes of a base64 string.
    var base64: [UInt8]? {
        guard kind == .string else { return nil }
        return withUnsafeBytes { Base64.decode($0) } ?? nil
    }
}
