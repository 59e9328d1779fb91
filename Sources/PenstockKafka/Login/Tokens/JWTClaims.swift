import Penstock

/// The claims of a JSON Web Token, unverified: whoever takes the token checks it, not who brings it.
struct JWTClaims {
    private let claims: Value

    /// Reads the second part of `header.claims.signature`; nil where the token is none.
    init?(of token: String) {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, token.utf8.count <= 1 << 16,
            let bytes = Base64Text.decodeForURL(parts[1].utf8),
            let claims = try? Value(json: bytes, maximumDepth: 16), claims.kind == .map
        else { return nil }
        self.claims = claims
    }

    /// When the token ends (`exp`), in milliseconds since the epoch.
    var expiration: Int64? {
        guard let seconds = claims["exp"]?.double, seconds > 0, seconds < 1e11 else { return nil }
        return Int64(seconds * 1000)
    }

    /// A claim that is a text.
    func text(of name: String) -> String? { claims[name]?.string }
}
