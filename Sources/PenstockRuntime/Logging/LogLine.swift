import Penstock

/// One event as bytes, without the line's end.
struct LogLine {
    var time: Timestamp
    var level: LogLevel
    var message: String
    var metadata: [(key: String, value: String)]

    /// `time level message key=value`; a value is quoted where it would not be one word.
    var text: [UInt8] {
        var out = Array("\(time.iso8601) \(level) \(message)".utf8)
        for (key, value) in metadata {
            out += " \(key)=".utf8
            if value.utf8.allSatisfy(isPlain), !value.isEmpty {
                out += value.utf8
            } else {
                appendQuoted(value, to: &out)
            }
        }
        return out
    }

    /// A JSON object; a key that names the time, the level or the message is `data.` and the key.
    var json: [UInt8] {
        var out = Array(#"{"time":"\#(time.iso8601)","level":"\#(level)","message":"#.utf8)
        appendQuoted(message, to: &out)
        var seen: Set = ["time", "level", "message"]
        for (index, (key, value)) in metadata.enumerated() {
            // Of a repeated key the last counts, as in nested metadata the nearest does.
            guard !metadata[(index + 1)...].contains(where: { $0.key == key }) else { continue }
            out.append(UInt8(ascii: ","))
            appendQuoted(seen.insert(key).inserted ? key : "data." + key, to: &out)
            out.append(UInt8(ascii: ":"))
            appendQuoted(value, to: &out)
        }
        out.append(UInt8(ascii: "}"))
        return out
    }

    private func isPlain(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "=")
            && byte != UInt8(ascii: "\\")
    }

    /// A JSON string; of the characters beyond ASCII those are escaped that a terminal acts on.
    private func appendQuoted(_ text: String, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "\""))
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += #"\""#.utf8
            case "\\": out += #"\\"#.utf8
            case "\n": out += #"\n"#.utf8
            case "\r": out += #"\r"#.utf8
            case "\t": out += #"\t"#.utf8
            case "\0"..<" ", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
                let digits = String(scalar.value, radix: 16)
                out += ("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8
            default: out += UTF8.encode(scalar).map(Array.init) ?? []
            }
        }
        out.append(UInt8(ascii: "\""))
    }
}
