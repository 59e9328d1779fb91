extension RecordBatch {
    /// Converts one record's key, value and headers.
    ///
    /// - Throws: A ``RecordConversionError``; what the conversion had begun is taken back.
    package func convert(
        _ index: Int, with converters: RecordConverters
    ) throws(RecordConversionError) {
        let entry = entries[index]
        let topic = partitions[entry.slot].topic
        entries[index].key = try token(.key) { builder throws(ConversionError) in
            try converters.key.read(bytes(entry.keyBytes), topic: topic, into: &builder)
        }
        entries[index].value = try token(.value) { builder throws(ConversionError) in
            try converters.value.read(bytes(entry.valueBytes), topic: topic, into: &builder)
        }
        guard entry.headerCount > 0, let converter = converters.header else { return }
        for place in Int(entry.firstHeader)..<Int(entry.firstHeader + entry.headerCount) {
            try convertHeader(place, topic: topic, with: converter)
        }
    }

    private func convertHeader(
        _ place: Int, topic: String, with converter: any HeaderConverter
    ) throws(RecordConversionError) {
        let name = String(decoding: arena[headers[place].name], as: UTF8.self)
        headers[place].value = try token(.header(name)) { builder throws(ConversionError) in
            try converter.read(
                bytes(headers[place].bytes), name: name, topic: topic, into: &builder)
        }
    }

    /// The token of what a converter writes; -1 where it writes nothing.
    private func token(
        _ part: @autoclosure () -> RecordConversionError.Part,
        _ read: (inout ValueBuilder) throws(ConversionError) -> Void
    ) throws(RecordConversionError) -> Int32 {
        let (tokens, bytes) = (arena.tokenCount, arena.byteCount)
        let open = arena.memory.pointee.openCount
        // A converter may hold a record's bytes while it writes its value behind them.
        arena.memory.pointee.beginLending()
        defer { arena.memory.pointee.endLending() }
        var builder = ValueBuilder(arena: arena)
        do throws(ConversionError) {
            try read(&builder)
            guard !builder.isEmpty else { return -1 }
            guard arena.memory.pointee.openCount == open,
                arena.tokenCount - tokens == Int(arena[tokens].span)
            else { throw ConversionError("its converter did not write exactly one value") }
        } catch {
            arena.memory.pointee.openCount = open
            arena.truncateTokens(to: tokens)
            arena.truncateBytes(to: bytes)
            throw RecordConversionError(part: part(), cause: error)
        }
        return Int32(tokens)
    }

    private func bytes(_ range: ByteRange?) -> RecordBytes? {
        range.map { RecordBytes(arena: arena, range: $0) }
    }
}
