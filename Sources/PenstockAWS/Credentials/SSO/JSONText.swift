internal import Penstock

/// Writes small JSON objects.
enum JSONText {
    /// An object of texts, in the order of their names, after the other fields of an old one.
    static func object(_ texts: [String: String], over old: Value? = nil) -> [UInt8] {
        var output = OutputBuffer()
        output.append("{")
        var separate = false
        func name(_ name: String, _ output: inout OutputBuffer) {
            if separate { output.append(",") }
            separate = true
            string(name, &output)
            output.append(":")
        }
        if let old {
            for (field, value) in old.fields where texts[field] == nil {
                name(field, &output)
                JSONWriter.write(value.arena, value.index, to: &output)
            }
        }
        for (field, text) in texts.sorted(by: { $0.key < $1.key }) {
            name(field, &output)
            string(text, &output)
        }
        output.append("}")
        return Array(output.bytes)
    }

    private static func string(_ text: String, _ output: inout OutputBuffer) {
        var text = text
        text.withUTF8 { output.appendJSON(string: UnsafeRawBufferPointer($0)) }
    }
}
