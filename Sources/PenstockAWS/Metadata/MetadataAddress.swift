internal import Glibc

/// An `http` or `https` address, read so strictly that no other reader can see another host in it.
struct MetadataAddress: Hashable {
    /// Why a text is no such address; never shows it.
    struct Fault: Error { let reason: String }

    /// The address as it was written.
    let url: String
    /// Whether it asks for TLS.
    let isSecure: Bool
    /// Name or address; IP version 6 without brackets.
    let host: String

    /// Reads an address.
    init(_ text: String) throws(Fault) {
        // A backslash is a slash to some readers of addresses, a fragment's sign ends a host.
        let isPlain = text.utf8.allSatisfy { 0x21...0x7E ~= $0 && $0 != 0x5C && $0 != 0x23 }
        guard isPlain else { throw Fault(reason: "holds characters that no address has") }
        let lowercased = text.lowercased()
        isSecure = lowercased.hasPrefix("https://")
        guard isSecure || lowercased.hasPrefix("http://") else {
            throw Fault(reason: "is not the http or https address of a host")
        }
        let authority = text.dropFirst(isSecure ? 8 : 7).prefix { $0 != "/" && $0 != "?" }
        guard let host = Self.host(of: authority) else {
            throw Fault(reason: "does not name a host as host, host:port or [address]:port")
        }
        self.host = host
        url = text
    }

    private static func host(of authority: Substring) -> String? {
        let host: Substring
        var rest: Substring
        if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") {
            host = authority[..<end].dropFirst()
            rest = authority[end...].dropFirst()
            guard address6(String(host)) != nil else { return nil }
        } else {
            host = authority.prefix { $0 != ":" }
            rest = authority[host.endIndex...]
            guard !host.isEmpty, host.utf8.allSatisfy(isHostCharacter) else { return nil }
        }
        guard !rest.isEmpty else { return String(host) }
        guard rest.removeFirst() == ":", rest.utf8.allSatisfy({ 0x30...0x39 ~= $0 }),
            let port = UInt16(rest), port > 0
        else { return nil }
        return String(host)
    }

    private static func isHostCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
        default: false
        }
    }
}

extension MetadataAddress {
    /// Whether the host is this machine or an agent for containers: no one else may hand out
    /// credentials without TLS.
    ///
    /// Names other than `localhost`, which is not looked up, are none of these whatever they lead
    /// to: that can change between a check and the connection.
    var isLocal: Bool {
        if host.lowercased() == "localhost" { return true }
        if let address = Self.address6(host) { return Self.local6.contains(address) }
        guard let address = Self.address4(host) else { return false }
        return address.starts(with: [127]) || Self.agents4.contains(address)
    }

    /// Those of ECS and of EKS.
    private static let agents4: [[UInt8]] = [[169, 254, 170, 2], [169, 254, 170, 23]]
    /// Loopback and the agent of EKS.
    private static let local6 = ["::1", "fd00:ec2::23"].compactMap(address6)

    private static func address4(_ text: String) -> [UInt8]? {
        var address = in_addr()
        guard inet_pton(AF_INET, text, &address) == 1 else { return nil }
        return withUnsafeBytes(of: address) { Array($0) }
    }

    private static func address6(_ text: String) -> [UInt8]? {
        var address = in6_addr()
        guard inet_pton(AF_INET6, text, &address) == 1 else { return nil }
        return withUnsafeBytes(of: address) { Array($0) }
    }
}
