/// A text with a place for a moment and, at its end, one for a digest.
struct SigningTemplate {
    private(set) var bytes: [UInt8]
    private let timeOffset: Int?

    /// Takes a text that ends in a digest and holds, on a line or after a colon, this moment.
    init(_ bytes: [UInt8], time: String? = nil) {
        self.bytes = bytes
        timeOffset = time.flatMap { time in
            let pattern = Array(time.utf8)
            // A moment stands alone: a header of a user's might begin with the same characters.
            return bytes.indices.first { start in
                start > 0 && start + pattern.count < bytes.count
                    && bytes[start + pattern.count] == 0x0A
                    && bytes[start...].starts(with: pattern)
                    && (bytes[start - 1] == 0x0A
                        || bytes[..<start].suffix(11).elementsEqual("x-amz-date:".utf8))
            }
        }
        precondition(time == nil || timeOffset != nil, "the text holds its moment")
    }

    /// Writes the moment and the digest into their places.
    mutating func fill(time: String? = nil, digest: SHA256Digest) {
        if let time, let timeOffset {
            for (index, byte) in time.utf8.enumerated() { bytes[timeOffset + index] = byte }
        }
        bytes.withUnsafeMutableBytes { buffer in
            digest.writeHexadecimal(
                to: UnsafeMutableRawBufferPointer(rebasing: buffer.suffix(64)))
        }
    }
}
