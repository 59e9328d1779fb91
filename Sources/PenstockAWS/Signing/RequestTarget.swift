/// The parts of a request's address that a signature covers.
struct RequestTarget {
    /// Host and, where it is not the scheme's own, port: what the `Host` header says.
    let authority: String
    /// The path as it is written; `/` where there is none.
    let path: Substring
    /// What follows the question mark; empty for none.
    let query: Substring

    /// Takes `scheme://host[:port][/path][?query]` apart.
    init(_ url: String) throws(SigningError) {
        guard let schemeEnd = url.utf8.firstIndex(of: 0x3A), schemeEnd > url.startIndex,
            url[schemeEnd...].hasPrefix("://")
        else { throw SigningError(.malformedURL) }
        let rest = url[url.utf8.index(schemeEnd, offsetBy: 3)...].prefix { $0 != "#" }
        let host = rest.prefix { $0 != "/" && $0 != "?" }
        guard !host.isEmpty, !host.contains("@") else { throw SigningError(.malformedURL) }
        authority = Self.authority(host, scheme: url[..<schemeEnd])
        let target = rest[host.endIndex...]
        let path = target.prefix { $0 != "?" }
        self.path = path.isEmpty ? "/" : path
        query = target[path.endIndex...].dropFirst()
    }

    /// The host without a port that says nothing, as HTTP clients send it.
    private static func authority(_ host: Substring, scheme: Substring) -> String {
        let port = scheme.lowercased() == "https" ? ":443" : ":80"
        return String(host.hasSuffix(port) ? host.dropLast(port.count) : host)
    }
}
