import Penstock

/// A record's JSON text.
enum JSONText {
    static let problem = "the bytes cannot be read as JSON"

    /// Reads the text in a range and returns its value's token; nil where nothing stands there.
    static func parse(
        _ range: ByteRange, in arena: ValueArena, maximumDepth: Int = JSONParser.dataDepth
    ) throws(ConversionError) -> Int? {
        let text = withoutByteOrderMark(range, in: arena)
        do {
            return try JSONParser.parse(text, in: arena, maximumDepth: maximumDepth)
        } catch {
            if error.code == .unexpectedEnd, isBlank(arena[text]) { return nil }
            throw ConversionError(problem, cause: error)
        }
    }

    static func withoutByteOrderMark(_ range: ByteRange, in arena: ValueArena) -> ByteRange {
        guard range.count >= 3, arena[range][0] == 0xEF, arena[range][1] == 0xBB,
            arena[range][2] == 0xBF
        else { return range }
        return ByteRange(offset: Int(range.offset) + 3, count: Int(range.count) - 3)
    }

    static func isBlank(_ text: UnsafeRawBufferPointer) -> Bool {
        text.allSatisfy { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
    }
}

extension RecordBytes {
    /// Where the bytes lie in an arena, copied there unless that is where they are.
    func range(in other: ValueArena) -> ByteRange {
        arena === other ? range : withUnsafeBytes { other.append($0) }
    }
}
