import Penstock

/// Decimals as Connect stores them: an integer's bytes in two's complement, the most significant
/// first, and a scale that says how many of its digits follow the point.
enum UnscaledDecimal {
    /// The most bytes of one that is read: over 1200 digits.
    static let maximumByteCount = 512

    /// Appends the decimal text of an unscaled number of at least one byte.
    static func appendText(
        of unscaled: ByteRange, scale: Int, in arena: ValueArena
    ) -> ByteRange {
        if unscaled.count <= 16, scale >= 0, scale <= 38 {
            return appendShortText(of: unscaled, scale: scale, in: arena)
        }
        let digits = Magnitude(arena[unscaled])
        var text: [UInt8] = []
        if digits.isNegative { text.append(UInt8(ascii: "-")) }
        text += layOut(digits.decimal, scale: scale)
        return text.withUnsafeBytes { arena.append($0) }
    }

    /// The same for at most 128 bits, of which DynamoDB's 38 digits need 127, without allocation.
    private static func appendShortText(
        of unscaled: ByteRange, scale: Int, in arena: ValueArena
    ) -> ByteRange {
        let bytes = arena[unscaled]
        let extended: Int128 = (bytes.first ?? 0) & 0x80 == 0 ? 0 : -1
        let number = bytes.reduce(extended) { $0 << 8 | Int128($1) }
        var rest = number.magnitude
        var length = 1
        var power: UInt128 = 10
        while length < 39, rest >= power {
            length += 1
            power = power.multipliedReportingOverflow(by: 10).partialValue
        }
        let digits = max(length, scale + 1)
        let count = digits + (scale > 0 ? 1 : 0) + (number < 0 ? 1 : 0)
        return arena.append(atMost: count) { output in
            if number < 0 { output.storeBytes(of: UInt8(ascii: "-"), as: UInt8.self) }
            for place in 1...digits {
                let offset = count - place - (scale > 0 && place > scale ? 1 : 0)
                let digit = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
                output.storeBytes(of: digit, toByteOffset: offset, as: UInt8.self)
                rest /= 10
            }
            if scale > 0 {
                let point = count - scale - 1
                output.storeBytes(of: UInt8(ascii: "."), toByteOffset: point, as: UInt8.self)
            }
            return count
        }
    }

    /// Digits with their point: as they are where few zeros do, else with an exponent.
    private static func layOut(_ digits: [UInt8], scale: Int) -> [UInt8] {
        guard scale != 0 else { return digits }
        guard scale > 0, scale <= 256 else {
            return digits + Array("E\(scale > 0 ? "-" : "+")\(scale.magnitude)".utf8)
        }
        let zeros = max(0, scale + 1 - digits.count)
        let padded = [UInt8](repeating: 0x30, count: zeros) + digits
        let point = padded.count - scale
        return padded[..<point] + [UInt8(ascii: ".")] + padded[point...]
    }

    /// The bytes of a number's unscaled digits.
    static func bytes(of parts: DecimalParts) -> [UInt8] {
        Magnitude(decimal: parts.digits, isNegative: parts.isNegative).bytes
    }

    /// A whole number: its sign and its size as limbs of 32 bits, the least significant first.
    private struct Magnitude {
        let isNegative: Bool
        private var limbs: [UInt32]

        init(_ bytes: UnsafeRawBufferPointer) {
            isNegative = (bytes.first ?? 0) & 0x80 != 0
            limbs = Array(repeating: 0, count: bytes.count / 4 + 1)
            var carry: UInt32 = isNegative ? 1 : 0
            for (place, byte) in bytes.reversed().enumerated() {
                let value = UInt32(isNegative ? ~byte : byte) + carry
                carry = value >> 8
                limbs[place / 4] |= (value & 0xFF) << UInt32(place % 4 * 8)
            }
            if carry > 0 { limbs[bytes.count / 4] |= 1 << UInt32(bytes.count % 4 * 8) }
        }

        init(decimal: [UInt8], isNegative: Bool) {
            self.isNegative = isNegative
            limbs = []
            for digit in decimal {
                var carry = UInt64(digit - 0x30)
                for place in limbs.indices {
                    carry += UInt64(limbs[place]) * 10
                    limbs[place] = UInt32(truncatingIfNeeded: carry)
                    carry >>= 32
                }
                if carry > 0 { limbs.append(UInt32(carry)) }
            }
        }

        /// Its decimal digits, without leading zeros.
        var decimal: [UInt8] {
            var rest = limbs
            var digits: [UInt8] = []
            repeat {
                var remainder: UInt64 = 0
                for place in rest.indices.reversed() {
                    let value = remainder << 32 | UInt64(rest[place])
                    rest[place] = UInt32(value / 1_000_000_000)
                    remainder = value % 1_000_000_000
                }
                while rest.last == 0 { rest.removeLast() }
                for _ in 0..<9 where !rest.isEmpty || remainder > 0 {
                    digits.append(0x30 + UInt8(remainder % 10))
                    remainder /= 10
                }
            } while !rest.isEmpty
            return digits.isEmpty ? [0x30] : digits.reversed()
        }

        /// Its bytes in two's complement, as few as there can be.
        var bytes: [UInt8] {
            var bytes = limbs.reversed().flatMap { limb in
                [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: limb >> $0) }
            }
            bytes.insert(0, at: 0)
            if isNegative {
                var carry = true
                for place in bytes.indices.reversed() {
                    bytes[place] = ~bytes[place] &+ (carry ? 1 : 0)
                    carry = carry && bytes[place] == 0
                }
            }
            while bytes.count > 1, bytes[0] == (bytes[1] & 0x80 == 0 ? 0 : 0xFF) {
                bytes.removeFirst()
            }
            return bytes
        }
    }
}
