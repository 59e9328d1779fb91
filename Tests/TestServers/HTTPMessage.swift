import Foundation

/// A request or an answer as it came over a connection, its body of the length that it says.
package struct HTTPMessage: Sendable {
    /// The first line and the headers as they came.
    package let head: String
    /// Their names in small letters.
    package let headers: [(name: String, value: String)]
    package let body: [UInt8]

    /// Reads the next one, nil at the end of the connection; `buffer` keeps what came behind it.
    package init?(from connection: LoopbackConnection, _ buffer: inout [UInt8]) {
        func readMore() -> Bool {
            let bytes = connection.receive()
            buffer += bytes
            return !bytes.isEmpty
        }
        let mark = Data("\r\n\r\n".utf8)
        var end = Data(buffer).range(of: mark)?.upperBound
        while end == nil {
            guard readMore() else { return nil }
            end = Data(buffer).range(of: mark)?.upperBound
        }
        let begin = end ?? 0
        head = String(decoding: buffer[..<begin], as: UTF8.self)
        let lines = head.split(separator: "\r\n")
        headers = lines.dropFirst().compactMap { line in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            return (line[..<colon].lowercased(), value)
        }
        let length = headers.first { $0.name == "content-length" }.flatMap { Int($0.value) } ?? 0
        while buffer.count < begin + length { guard readMore() else { return nil } }
        body = Array(buffer[begin..<(begin + length)])
        buffer.removeFirst(begin + length)
    }

    /// The value of the first header of a name, in small letters.
    package subscript(_ name: String) -> String? { headers.first { $0.name == name }?.value }

    /// The words of the first line.
    package var words: [String] {
        (head.split(separator: "\r\n").first ?? "").split(separator: " ", maxSplits: 2).map(
            String.init)
    }

    /// The body as a text.
    package var text: String { String(decoding: body, as: UTF8.self) }
}
