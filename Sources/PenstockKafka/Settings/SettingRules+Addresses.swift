extension SettingRules {
    /// Java overlooks a protocol before an address and wants a port behind it; the library takes
    /// the protocol for the connection's.
    static let bootstrapServers: Convert = { value, _ in
        let addresses = value.split(separator: ",").map(withoutProtocol)
        guard !addresses.isEmpty, addresses.allSatisfy(hasPort) else {
            return .refused("it must be a list of host:port")
        }
        return .settings([("bootstrap.servers", addresses.joined(separator: ","))])
    }

    static let controllers: Convert = { value, _ in
        value.isEmpty
            ? .withoutEffect
            : .refused("brokers are asked here: set bootstrap.servers in its place")
    }

    private static func withoutProtocol(_ address: Substring) -> String {
        address.firstRange(of: "://").map { String(address[$0.upperBound...]) } ?? String(address)
    }

    private static func hasPort(_ address: String) -> Bool {
        guard let colon = address.lastIndex(of: ":"), colon > address.startIndex,
            let port = Int(address[address.index(after: colon)...])
        else { return false }
        return (0...65_535).contains(port)
    }
}
