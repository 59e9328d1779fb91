import CPenstockCurl

/// An HTTP proxy.
///
/// Connections with TLS are tunnelled through it: it sees their host and nothing more. Requests
/// over plain HTTP it gets whole, and passes them on.
public struct HTTPProxy: Sendable, Hashable {
    /// The address: scheme `http` or `https`, host and port.
    public var url: String
    /// The user, where the proxy asks for one.
    public var user: String?
    /// The user's password.
    public var password: String?
    /// Whether requests over plain HTTP go through it as well.
    ///
    /// `HTTPS_PROXY` of an environment speaks of connections with TLS alone.
    public var carriesPlainHTTP = true

    /// Names a proxy.
    public init(url: String, user: String? = nil, password: String? = nil) {
        self.url = url
        self.user = user
        self.password = password
    }

    /// Reads `http://user:password@host:port`, in which the scheme may be missing.
    ///
    /// User and password are percent-decoded. Returns `nil` for what is not such an address.
    public init?(parsing text: String) {
        let hasScheme = text.firstRange(of: "://") != nil
        guard
            let parts = CurlURL(hasScheme ? text : "http://" + text, flags: 0),
            let scheme = parts[CURLUPART_SCHEME], scheme == "http" || scheme == "https",
            let host = parts[CURLUPART_HOST]
        else { return nil }
        let port = parts[CURLUPART_PORT].map { ":" + $0 } ?? ""
        url = "\(scheme)://\(host)\(port)"
        user = parts[CURLUPART_USER, UInt32(CURLU_URLDECODE)]
        password = parts[CURLUPART_PASSWORD, UInt32(CURLU_URLDECODE)]
    }
}

extension HTTPProxy: CustomStringConvertible, CustomReflectable {
    /// The address without user and password.
    public var description: String { HTTPProxy(parsing: url)?.url ?? "proxy" }

    /// The same, so that dumping a configuration shows no password.
    public var customMirror: Mirror { Mirror(self, children: ["url": description]) }
}
