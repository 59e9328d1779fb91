import Penstock

extension TextEncoding {
    /// The text in UTF-8; nil where the bytes are no text of this encoding.
    func decode(_ bytes: UnsafeRawBufferPointer) -> [UInt8]? {
        switch scheme {
        case .utf8: JSONScanner.isUTF8(bytes) ? Array(bytes) : nil
        case .utf16(let mark, let bigEndian): decode16(bytes, mark, bigEndian)
        case .utf32: decode32(bytes)
        case .table(let limit): decode(bytes) { UInt32($0) < limit ? UInt32($0) : nil }
        case .windows1252: decode(bytes, Self.scalar1252)
        }
    }

    /// The bytes of UTF-8 text; nil where a character has none in this encoding.
    func encode(_ text: UnsafeRawBufferPointer) -> [UInt8]? {
        let string = String(decoding: text, as: UTF8.self)
        switch scheme {
        case .utf8: return Array(text)
        case .utf16(let mark, let bigEndian):
            let units = string.utf16.flatMap { unit in
                let high = UInt8(unit >> 8)
                let low = UInt8(truncatingIfNeeded: unit)
                return bigEndian ? [high, low] : [low, high]
            }
            return mark && !units.isEmpty ? [0xFE, 0xFF] + units : units
        case .utf32:
            return string.unicodeScalars.flatMap { scalar in
                [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: scalar.value >> $0) }
            }
        case .table(let limit):
            return encode(string) { $0 < limit ? UInt8($0) : nil }
        case .windows1252:
            return encode(string) { scalar in
                (0...255).first { Self.scalar1252($0) == scalar }
            }
        }
    }

    // MARK: Eight bits

    private func decode(
        _ bytes: UnsafeRawBufferPointer, _ scalar: (UInt8) -> UInt32?
    ) -> [UInt8]? {
        var text: [UInt8] = []
        for byte in bytes {
            guard let scalar = scalar(byte).flatMap(Unicode.Scalar.init) else { return nil }
            text.append(contentsOf: UTF8.encode(scalar).unsafelyUnwrapped)
        }
        return text
    }

    private func encode(_ string: String, _ byte: (UInt32) -> UInt8?) -> [UInt8]? {
        var bytes: [UInt8] = []
        for scalar in string.unicodeScalars {
            guard let byte = byte(scalar.value) else { return nil }
            bytes.append(byte)
        }
        return bytes
    }

    /// What stands between Latin 1's two control blocks; 0 where nothing does.
    private static let upper1252: [UInt16] = [
        0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
        0x0152, 0, 0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC,
        0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
    ]

    private static func scalar1252(_ byte: UInt8) -> UInt32? {
        guard byte >= 0x80, byte < 0xA0 else { return UInt32(byte) }
        let scalar = upper1252[Int(byte) - 0x80]
        return scalar == 0 ? nil : UInt32(scalar)
    }

    // MARK: Wider units

    private func decode16(
        _ bytes: UnsafeRawBufferPointer, _ mark: Bool, _ bigEndian: Bool
    ) -> [UInt8]? {
        guard bytes.count % 2 == 0 else { return nil }
        var bigEndian = bigEndian
        var units = stride(from: 0, to: bytes.count, by: 2).map { offset in
            UInt16(bytes[offset]) << 8 | UInt16(bytes[offset + 1])
        }
        if mark, units.first == 0xFEFF || units.first == 0xFFFE {
            bigEndian = units.removeFirst() == 0xFEFF
        }
        if !bigEndian { units = units.map(\.byteSwapped) }
        var text: [UInt8] = []
        let failed = transcode(
            units.makeIterator(), from: UTF16.self, to: UTF8.self, stoppingOnError: true,
            into: { text.append($0) })
        return failed ? nil : text
    }

    private func decode32(_ bytes: UnsafeRawBufferPointer) -> [UInt8]? {
        guard bytes.count % 4 == 0 else { return nil }
        var units = stride(from: 0, to: bytes.count, by: 4).map { offset in
            bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self).bigEndian
        }
        if units.first == 0xFEFF || units.first == 0xFFFE_0000 {
            if units.removeFirst() == 0xFFFE_0000 { units = units.map(\.byteSwapped) }
        }
        var text: [UInt8] = []
        for unit in units {
            guard let scalar = Unicode.Scalar(unit) else { return nil }
            text.append(contentsOf: UTF8.encode(scalar).unsafelyUnwrapped)
        }
        return text
    }
}
