/// A version of librdkafka.
package struct LibraryVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
    package var major: Int
    package var minor: Int
    package var patch: Int

    package init(_ major: Int, _ minor: Int, _ patch: Int = 0) {
        (self.major, self.minor, self.patch) = (major, minor, patch)
    }

    /// Reads the library's own form, `0xMMmmrrpp`.
    init(hexadecimal number: Int32) {
        self.init(Int(number >> 24) & 0xff, Int(number >> 16) & 0xff, Int(number >> 8) & 0xff)
    }

    package static func < (lhs: LibraryVersion, rhs: LibraryVersion) -> Bool {
        (lhs.major, lhs.minor, lhs.patch) < (rhs.major, rhs.minor, rhs.patch)
    }

    package var description: String { "\(major).\(minor).\(patch)" }
}
