/// What libcurl hands over of an answer, in memory that the next one uses again.
struct HTTPAnswer {
    var status = 0
    var body: [UInt8] = []
    /// Status line and headers of the answer itself, not of those of status 1xx before it.
    private var head: [UInt8] = []

    var limit = 0
    private(set) var isTooLarge = false
    /// How often the request has begun to be sent.
    var attempts = 0
    var wasResendRefused = false

    private static let headLimit = 64 << 10
    /// A body's memory beyond this is given back after the answer, not kept for the next.
    private static let keptCapacity = 1 << 20

    mutating func reset() {
        status = 0
        body.removeAll(keepingCapacity: body.capacity <= Self.keptCapacity)
        head.removeAll(keepingCapacity: true)
        isTooLarge = false
        attempts = 0
        wasResendRefused = false
    }

    /// Takes a piece of the body; false where it is too much.
    mutating func appendBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
        isTooLarge = body.count + bytes.count > limit
        if !isTooLarge { body.append(contentsOf: bytes) }
        return !isTooLarge
    }

    /// Takes a line of the head; false where it is too much.
    mutating func appendHead(_ bytes: UnsafeRawBufferPointer) -> Bool {
        if bytes.starts(with: "HTTP/".utf8) { head.removeAll(keepingCapacity: true) }
        isTooLarge = head.count + bytes.count > Self.headLimit
        if !isTooLarge { head.append(contentsOf: bytes) }
        return !isTooLarge
    }

    func header(_ name: String) -> String? {
        var found: String?
        forEachLine { line, colon in
            guard found == nil, colon - line.startIndex == name.utf8.count,
                zip(line, name.utf8).allSatisfy({ Self.lowercased($0) == Self.lowercased($1) })
            else { return }
            found = Self.text(line[(colon + 1)...])
        }
        return found
    }

    func headers() -> [HTTPHeader] {
        var headers: [HTTPHeader] = []
        forEachLine { line, colon in
            headers.append(HTTPHeader(Self.text(line[..<colon]), Self.text(line[(colon + 1)...])))
        }
        return headers
    }

    private func forEachLine(_ body: (ArraySlice<UInt8>, Int) -> Void) {
        for line in head.split(separator: 10).dropFirst() {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
            body(line, colon)
        }
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0D }
        let start = bytes.drop(while: isSpace)
        let end = start.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? start.startIndex
        return String(decoding: start[..<end], as: UTF8.self)
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
    }
}
