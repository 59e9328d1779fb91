import Penstock

/// Base64 as texts: with padding for headers, in the alphabet for addresses (RFC 4648, section 5)
/// and without padding for tokens.
enum Base64Text {
    /// The text of bytes, with padding.
    static func encode(_ bytes: [UInt8]) -> String {
        var output = OutputBuffer(capacity: (bytes.count + 2) / 3 * 4)
        bytes.withUnsafeBytes { output.appendBase64($0) }
        return String(decoding: output.bytes, as: UTF8.self)
    }

    /// The text of bytes in the alphabet for addresses, without padding.
    static func encodeForURL(_ bytes: [UInt8]) -> String {
        let text = encode(bytes).utf8.lazy.filter { $0 != UInt8(ascii: "=") }.map { byte in
            switch byte {
            case UInt8(ascii: "+"): UInt8(ascii: "-")
            case UInt8(ascii: "/"): UInt8(ascii: "_")
            default: byte
            }
        }
        return String(decoding: Array(text), as: UTF8.self)
    }

    /// The bytes of a text in the alphabet for addresses; nil where it is not such a text.
    static func decodeForURL(_ text: some Sequence<UInt8>) -> [UInt8]? {
        var standard = text.map { byte in
            switch byte {
            case UInt8(ascii: "-"): UInt8(ascii: "+")
            case UInt8(ascii: "_"): UInt8(ascii: "/")
            default: byte
            }
        }
        while standard.count % 4 != 0 { standard.append(UInt8(ascii: "=")) }
        return standard.withUnsafeBytes { Base64.decode($0) }
    }
}
