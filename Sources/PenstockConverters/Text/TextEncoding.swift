import Penstock

/// How text becomes bytes.
public struct TextEncoding: Sendable, Hashable {
    /// The name under which the Internet Assigned Numbers Authority lists it.
    public let name: String
    let scheme: Scheme

    enum Scheme: Hashable {
        case utf8
        case utf16(mark: Bool, bigEndian: Bool)
        case utf32
        case table(limit: UInt32)
        case windows1252
    }

    private init(_ name: String, _ scheme: Scheme) {
        self.name = name
        self.scheme = scheme
    }

    /// UTF-8.
    public static let utf8 = TextEncoding("UTF-8", .utf8)
    /// ASCII, of 7 bits.
    public static let ascii = TextEncoding("US-ASCII", .table(limit: 0x80))
    /// Latin 1.
    public static let latin1 = TextEncoding("ISO-8859-1", .table(limit: 0x100))
    /// The western code page of Windows.
    public static let windows1252 = TextEncoding("windows-1252", .windows1252)
    /// UTF-16 with a byte order mark; without one, the most significant byte comes first.
    public static let utf16 = TextEncoding("UTF-16", .utf16(mark: true, bigEndian: true))
    /// UTF-16, the most significant byte first.
    public static let utf16BigEndian = TextEncoding(
        "UTF-16BE", .utf16(mark: false, bigEndian: true))
    /// UTF-16, the least significant byte first.
    public static let utf16LittleEndian = TextEncoding(
        "UTF-16LE", .utf16(mark: false, bigEndian: false))
    /// UTF-32, the most significant byte first.
    public static let utf32 = TextEncoding("UTF-32", .utf32)
}

extension ConfigurationType where Value == TextEncoding {
    /// The name of a text encoding, or one of the other names that Java has for it.
    static var textEncoding: Self {
        .choice(
            [
                "UTF-8": .utf8, "US-ASCII": .ascii, "ISO-8859-1": .latin1,
                "windows-1252": .windows1252, "UTF-16": .utf16, "UTF-16BE": .utf16BigEndian,
                "UTF-16LE": .utf16LittleEndian, "UTF-32": .utf32, "UTF8": .utf8, "ASCII": .ascii,
                "ISO8859_1": .latin1, "Cp1252": .windows1252,
            ], ignoringCase: true)
    }
}
