import CPenstockCurl
import Glibc

/// The header lines of one request in the form that libcurl takes, in memory that is used again.
///
/// libcurl reads the list while the request is sent and copies nothing, so the lines must stay in
/// place from `list()` until the transfer has ended.
struct HTTPHeaderLines: ~Copyable {
    private var text = UnsafeMutablePointer<CChar>.allocate(capacity: 1024)
    private var textCapacity = 1024
    private var textCount = 0
    private var nodes = UnsafeMutablePointer<curl_slist>.allocate(capacity: 16)
    private var nodeCapacity = 16
    private var starts: [Int] = []
    /// A line was refused since the last `removeAll`.
    private(set) var isInvalid = false
    private var hasContentType = false
    private var hasAccept = false

    deinit {
        text.deallocate()
        nodes.deallocate()
    }

    mutating func removeAll() {
        textCount = 0
        starts.removeAll(keepingCapacity: true)
        isInvalid = false
        hasContentType = false
        hasAccept = false
    }

    /// Adds a line; one that could change the meaning of the message is refused.
    mutating func append(_ name: String, _ value: String) {
        guard Self.isAllowed(name), value.utf8.allSatisfy({ $0 != 0 && $0 != 10 && $0 != 13 })
        else {
            isInvalid = true
            return
        }
        hasContentType = hasContentType || name.equalsIgnoringASCIICase("content-type")
        hasAccept = hasAccept || name.equalsIgnoringASCIICase("accept")
        // To libcurl "Name:" means to leave the header out, and "Name;" one without a value.
        let isEmpty = value.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 }
        appendLine(name, isEmpty ? ";" : ": ", isEmpty ? "" : value)
    }

    /// The list; it holds until the lines are changed.
    ///
    /// A request carries the headers that it was given, and none that libcurl would add for itself
    /// but `Host` and `Content-Length`.
    mutating func list() -> UnsafeMutablePointer<curl_slist>? {
        let (textCount, lineCount) = (textCount, starts.count)
        defer {
            self.textCount = textCount
            starts.removeLast(starts.count - lineCount)
        }
        suppress("Expect")
        if !hasAccept { suppress("Accept") }
        if !hasContentType { suppress("Content-Type") }
        return makeNodes()
    }

    private mutating func suppress(_ name: String) { appendLine(name, ":", "") }

    private mutating func makeNodes() -> UnsafeMutablePointer<curl_slist> {
        if nodeCapacity < starts.count {
            nodes.deallocate()
            nodeCapacity = starts.count * 2
            nodes = .allocate(capacity: nodeCapacity)
        }
        for (index, start) in starts.enumerated() {
            let isLast = index + 1 == starts.count
            nodes[index] = curl_slist(data: text + start, next: isLast ? nil : nodes + index + 1)
        }
        return nodes
    }

    private mutating func appendLine(_ name: String, _ separator: String, _ value: String) {
        starts.append(textCount)
        reserve(name.utf8.count + separator.utf8.count + value.utf8.count + 1)
        appendText(name)
        appendText(separator)
        appendText(value)
        text[textCount] = 0
        textCount += 1
    }

    private mutating func appendText(_ part: String) {
        var part = part
        part.withUTF8 { bytes in
            guard let source = bytes.baseAddress else { return }
            memcpy(text + textCount, source, bytes.count)
        }
        textCount += part.utf8.count
    }

    private mutating func reserve(_ count: Int) {
        guard textCount + count > textCapacity else { return }
        textCapacity = max(textCapacity * 2, textCount + count)
        let larger = UnsafeMutablePointer<CChar>.allocate(capacity: textCapacity)
        larger.update(from: text, count: textCount)
        text.deallocate()
        text = larger
    }

    /// A token of RFC 9110, and not one of the headers that say where the message ends.
    private static func isAllowed(_ name: String) -> Bool {
        guard !name.isEmpty, name.utf8.allSatisfy(isTokenByte) else { return false }
        return !framing.contains { name.equalsIgnoringASCIICase($0) }
    }

    private static let framing = [
        "content-length", "transfer-encoding", "connection", "upgrade", "te", "expect",
    ]

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}
