import CPenstockCurl
import Glibc
import Penstock

/// What matters of a request's address before anything is sent.
package struct HTTPTarget: Equatable {
    /// Scheme, host and port: what connections are counted by.
    let origin: String
    /// The host as libcurl reads it.
    package let host: String
    /// A loopback or link-local metadata address: plain HTTP is allowed, and no proxy is asked.
    package let isLocal: Bool
    /// Whether the connection is encrypted.
    let usesTLS: Bool

    /// Reads an address, and refuses what must not be sent there.
    package init(_ url: String, allowsPlainHTTP: Bool) throws(HTTPError) {
        guard
            let parts = CurlURL(url, flags: UInt32(CURLU_DISALLOW_USER)),
            let scheme = parts[CURLUPART_SCHEME], scheme == "https" || scheme == "http",
            let host = parts[CURLUPART_HOST],
            let port = parts[CURLUPART_PORT, UInt32(CURLU_DEFAULT_PORT)]
        else { throw .invalid("the address is not http:// or https:// without a user") }
        self.host = host
        origin = "\(scheme)://\(host):\(port)"
        isLocal = Self.isLocal(host)
        usesTLS = scheme == "https"
        guard scheme == "https" || allowsPlainHTTP || isLocal else {
            throw HTTPError(.refused, kind: .fatal, host: host)
        }
    }

    /// Whether a host is a loopback or metadata address.
    ///
    /// Names other than `localhost` are never local, whatever they resolve to: that can change
    /// between the check and the connection. libcurl itself resolves `localhost` without asking.
    private static func isLocal(_ host: String) -> Bool {
        if host.equalsIgnoringASCIICase("localhost") { return true }
        if host.hasPrefix("["), host.hasSuffix("]") {
            return isLocalVersion6(String(host.dropFirst().dropLast()))
        }
        var address = in_addr()
        guard inet_pton(AF_INET, host, &address) == 1 else { return false }
        let number = UInt32(bigEndian: address.s_addr)
        return number >> 24 == 127 || metadata.contains(number)
    }

    /// 169.254.169.254 (EC2), 169.254.170.2 (ECS) and 169.254.170.23 (EKS).
    private static let metadata: [UInt32] = [0xA9FE_A9FE, 0xA9FE_AA02, 0xA9FE_AA17]

    private static func isLocalVersion6(_ text: String) -> Bool {
        var address = in6_addr()
        guard inet_pton(AF_INET6, text, &address) == 1 else { return false }
        return withUnsafeBytes(of: address) { bytes in
            let last = UInt16(bytes[14]) << 8 | UInt16(bytes[15])
            if bytes.dropLast(2).allSatisfy({ $0 == 0 }) { return last == 1 }
            // fd00:ec2::254 (EC2) and fd00:ec2::23 (EKS).
            return bytes.prefix(4).elementsEqual([0xFD, 0x00, 0x0E, 0xC2])
                && bytes[4..<14].allSatisfy { $0 == 0 } && (last == 0x254 || last == 0x23)
        }
    }
}
