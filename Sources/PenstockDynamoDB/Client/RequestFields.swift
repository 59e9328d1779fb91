internal import Penstock

/// The fields of a request's JSON object, written in place.
struct RequestFields: ~Copyable {
    private(set) var output = OutputBuffer()
    private var needsComma = false

    /// Writes the whole object.
    static func bytes(_ write: (inout RequestFields) -> Void) -> [UInt8] {
        var fields = RequestFields()
        fields.object(write)
        return Array(fields.output.bytes)
    }

    /// Begins a field.
    mutating func name(_ name: String) {
        if needsComma { output.append(UInt8(ascii: ",")) }
        output.append(json: name)
        output.append(UInt8(ascii: ":"))
        needsComma = true
    }

    /// Writes an object as a value.
    mutating func object(_ write: (inout RequestFields) -> Void) {
        output.append(UInt8(ascii: "{"))
        needsComma = false
        write(&self)
        output.append(UInt8(ascii: "}"))
        needsComma = true
    }

    mutating func object(_ name: String, _ write: (inout RequestFields) -> Void) {
        self.name(name)
        object(write)
    }

    /// Writes an array as a value.
    mutating func list<Element>(
        _ name: String, _ elements: [Element], _ write: (inout RequestFields, Element) -> Void
    ) {
        self.name(name)
        output.append(UInt8(ascii: "["))
        for (index, element) in elements.enumerated() {
            if index > 0 { output.append(UInt8(ascii: ",")) }
            needsComma = false
            write(&self, element)
        }
        output.append(UInt8(ascii: "]"))
        needsComma = true
    }

    /// Writes a string as a value.
    mutating func value(_ text: String) { output.append(json: text) }

    /// Writes an item as a value.
    mutating func value(_ item: Item) { output.append(item: item) }

    mutating func string(_ name: String, _ text: String?) {
        guard let text else { return }
        self.name(name)
        value(text)
    }

    mutating func integer(_ name: String, _ number: Int?) {
        guard let number else { return }
        self.name(name)
        output.append(Int64(number))
    }

    mutating func boolean(_ name: String, _ flag: Bool?) {
        guard let flag else { return }
        self.name(name)
        output.append(flag ? "true" : "false")
    }

    /// Writes an item, or nothing where there is none.
    mutating func item(_ name: String, _ item: Item?) {
        guard let item else { return }
        self.name(name)
        value(item)
    }

    /// Writes the names and values that a request's expressions use; DynamoDB refuses empty ones.
    mutating func placeholders(_ names: [String: String], _ values: Item) {
        if !names.isEmpty {
            object("ExpressionAttributeNames") { fields in
                for (placeholder, name) in names { fields.string(placeholder, name) }
            }
        }
        if !values.isEmpty { item("ExpressionAttributeValues", values) }
    }
}
