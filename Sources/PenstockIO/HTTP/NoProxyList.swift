import Glibc

/// The hosts that are reached without a proxy, compared as curl compares them.
///
/// libcurl knows such lists too, but does not say afterwards whether a host was on one.
struct NoProxyList {
    private let entries: [Substring]

    init(_ entries: [String]) {
        self.entries = entries.map { $0[...] }
    }

    /// Whether a host, as it stands in an address, is reached without a proxy.
    func contains(_ host: String) -> Bool {
        guard !entries.isEmpty else { return false }
        let address = Address(Self.withoutBrackets(host[...]))
        return entries.contains { entry in
            if entry == "*" { return true }
            if let address { return Network(entry)?.contains(address) ?? false }
            return Self.isHost(host, inDomain: entry)
        }
    }

    private static func isHost(_ host: String, inDomain entry: Substring) -> Bool {
        let name = withoutDots(host[...].lowercased()[...])
        let domain = withoutDots(entry.lowercased()[...]).drop { $0 == "." }
        return !domain.isEmpty && (name == domain || name.hasSuffix(".\(domain)"))
    }

    /// Without the dot that a complete name may end with.
    private static func withoutDots(_ name: Substring) -> Substring {
        name.hasSuffix(".") ? name.dropLast() : name
    }

    private static func withoutBrackets(_ text: Substring) -> Substring {
        text.hasPrefix("[") && text.hasSuffix("]") ? text.dropFirst().dropLast() : text
    }
}

extension NoProxyList {
    /// The bytes of an address, 4 or 16.
    private struct Address {
        let bytes: [UInt8]

        init?(_ text: Substring) {
            var four = in_addr()
            var sixteen = in6_addr()
            if inet_pton(AF_INET, String(text), &four) == 1 {
                bytes = withUnsafeBytes(of: four) { Array($0) }
            } else if inet_pton(AF_INET6, String(text), &sixteen) == 1 {
                bytes = withUnsafeBytes(of: sixteen) { Array($0) }
            } else {
                return nil
            }
        }
    }

    /// An address, or all that begin with the same bits: `10.0.0.0/8`, `fd00::/8`.
    private struct Network {
        let address: Address
        let bits: Int

        init?(_ text: Substring) {
            let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            guard let address = Address(withoutBrackets(parts[0])) else { return nil }
            self.address = address
            let all = address.bytes.count * 8
            guard parts.count > 1 else {
                bits = all
                return
            }
            guard let bits = Int(parts[1]), 0...all ~= bits else { return nil }
            self.bits = bits
        }

        func contains(_ other: Address) -> Bool {
            guard other.bytes.count == address.bytes.count else { return false }
            return other.bytes.indices.allSatisfy { index in
                let left = bits - index * 8
                let mask: UInt8 = left >= 8 ? 0xFF : left <= 0 ? 0 : ~(0xFF >> UInt8(left))
                return (other.bytes[index] ^ address.bytes[index]) & mask == 0
            }
        }
    }
}
