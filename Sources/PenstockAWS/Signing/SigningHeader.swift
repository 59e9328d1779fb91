internal import PenstockIO

/// Which headers signing sets, and which it leaves out.
enum SigningHeader {
    /// Proxies and HTTP clients add or change these on the way.
    private static let neverSigned = [
        "authorization", "connection", "expect", "keep-alive", "proxy-authenticate",
        "proxy-authorization", "proxy-connection", "te", "trailer", "transfer-encoding",
        "upgrade", "user-agent", "x-amzn-trace-id",
    ]

    private static let setBySigning = [
        "authorization", "x-amz-date", "x-amz-security-token", "x-amz-content-sha256",
    ]

    static func isNeverSigned(_ name: String) -> Bool {
        neverSigned.contains { name.equalsIgnoringASCIICase($0) }
    }

    static func isSet(bySigning name: String) -> Bool {
        setBySigning.contains { name.equalsIgnoringASCIICase($0) }
    }
}
