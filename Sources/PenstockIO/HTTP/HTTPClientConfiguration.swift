/// How an ``HTTPClient`` connects, and what it accepts.
///
/// The certificate and the host name are always checked, with TLS 1.2 or later. Redirects are not
/// followed, nothing is decompressed, and the environment is not read.
public struct HTTPClientConfiguration: Sendable {
    /// The most that resolving, connecting and the TLS handshake may take together.
    public var connectTimeout = Duration.seconds(3)
    /// How many connections to one host there are at most on one event loop; further requests wait
    /// for one, in order, within their own time limit.
    public var connectionsPerHost = 64
    /// How long a connection may have been idle to be used again.
    ///
    /// DynamoDB closes idle connections after about a minute, and a request on a connection that
    /// is being closed is lost.
    public var maximumIdleTime = Duration.seconds(50)
    /// The largest body of an answer that is taken, in bytes.
    public var maximumResponseBytes = 32 << 20
    /// A file of certificate authorities in PEM form, used instead of the system's.
    public var certificateAuthorities: String?
    /// The proxy for every host but those in ``noProxy``, loopback and metadata addresses.
    public var proxy: HTTPProxy?
    /// Hosts that are reached without the proxy: names and domains (`example.com` and `.example.com`
    /// alike stand for that host and all below it), addresses, networks (`10.0.0.0/8`), or `*`.
    public var noProxy: [String] = []
    /// Whether plain HTTP may go to any host.
    ///
    /// Without it plain HTTP is for loopback and the link-local metadata addresses alone. Set it
    /// where a user has named the endpoint with its scheme.
    public var allowsPlainHTTP = false

    /// The safe values of every setting.
    public init() {}

    /// Takes ``proxy`` and ``noProxy`` from variables of an environment.
    ///
    /// `HTTPS_PROXY` and `NO_PROXY` are read, in capitals or in small letters; small letters win,
    /// as in curl. As there, the proxy is for addresses with `https://` alone. What is not an HTTP
    /// proxy's address is left out and returned.
    ///
    /// - Parameter environment: The variables, by name.
    /// - Returns: The name of the variable whose value is of no use, if there is one.
    public mutating func useProxy(fromEnvironment environment: [String: String]) -> String? {
        let list = environment["no_proxy"] ?? environment["NO_PROXY"] ?? ""
        noProxy = list.split { $0 == "," || $0 == " " }.map(String.init)
        for name in ["https_proxy", "HTTPS_PROXY"] {
            guard let value = environment[name], !value.isEmpty else { continue }
            proxy = HTTPProxy(parsing: value)
            proxy?.carriesPlainHTTP = false
            return proxy == nil ? name : nil
        }
        return nil
    }

    /// The proxy through which a host is reached; nil for none.
    func proxy(for target: HTTPTarget) -> HTTPProxy? {
        guard let proxy, !target.isLocal, target.usesTLS || proxy.carriesPlainHTTP else {
            return nil
        }
        return NoProxyList(noProxy).contains(target.host) ? nil : proxy
    }
}
