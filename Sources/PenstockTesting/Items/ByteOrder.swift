import Glibc

extension [UInt8] {
    /// Whether these bytes come before others, compared as unsigned numbers from the front.
    func precedes(_ other: [UInt8]) -> Bool {
        let common = Swift.min(count, other.count)
        let order = withUnsafeBytes { left in
            other.withUnsafeBytes { right -> Int32 in
                guard let left = left.baseAddress, let right = right.baseAddress else { return 0 }
                return memcmp(left, right, common)
            }
        }
        return order == 0 ? count < other.count : order < 0
    }

    /// Whether these bytes begin with others.
    func begins(with prefix: [UInt8]) -> Bool {
        count >= prefix.count && self[..<prefix.count].elementsEqual(prefix)
    }
}
