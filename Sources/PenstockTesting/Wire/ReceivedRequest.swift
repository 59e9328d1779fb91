import Penstock

/// The head of an HTTP request as far as the server looks at it, and its body.
struct ReceivedRequest {
    /// The value of `x-amz-target`: service, version and operation.
    var target = ""
    /// Whether an `authorization` header came with it.
    var isSigned = false
    /// The access key that the `authorization` header names.
    var accessKeyID: String?
    /// The token of temporary credentials.
    var sessionToken: String?
    /// The value of `x-amz-date`.
    var signingDate: String?
    /// The body's length.
    var length = 0
    /// Whether the connection stays open after the reply.
    var keepsAlive = true
    /// Whether the client waits for a word before it sends the body.
    var expectsContinue = false
    /// Whether the body comes in chunks, which this server does not read.
    var isChunked = false
    /// Method and path, as the first line has them.
    var start = ""

    /// The body: bytes that the parser turns into tokens of the same arena.
    var arena = ValueArena(byteCapacity: 16, tokenCapacity: 4)
    var body = ByteRange(offset: 0, count: 0)

    /// Takes in one line of the head, without its end.
    mutating func read(_ line: Substring.UTF8View) {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return }
        let value = Substring(line[line.index(after: colon)...]).drop { $0 == " " }
        switch Substring(line[..<colon]).lowercased() {
        case "x-amz-target": target = String(value)
        case "authorization":
            isSigned = !value.isEmpty
            accessKeyID = Self.accessKeyID(in: value)
        case "x-amz-security-token": sessionToken = String(value)
        case "x-amz-date": signingDate = String(value)
        case "content-length": length = Int(value) ?? 0
        case "transfer-encoding": isChunked = true
        case "expect": expectsContinue = value.lowercased() == "100-continue"
        case "connection": keepsAlive = value.lowercased() != "close"
        default: break
        }
    }

    /// What stands between `Credential=` and the slash behind it.
    private static func accessKeyID(in authorization: Substring) -> String? {
        for part in authorization.split(whereSeparator: { $0 == " " || $0 == "," }) {
            guard part.hasPrefix("Credential=") else { continue }
            return part.dropFirst("Credential=".count).split(separator: "/").first.map(String.init)
        }
        return nil
    }
}
