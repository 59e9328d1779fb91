package import Penstock
package import PenstockAWS
import PenstockIO

/// Tokens by OAuth's client-credentials grant (RFC 6749, section 4.4).
///
/// One form is sent to the identity provider's token endpoint, with the client's name and secret in
/// the `Authorization` header; the answer's `access_token` is the token. What it holds is looked at
/// only to learn when it ends.
package struct ClientCredentialsTokens: TokenProvider {
    /// Where and as whom to ask.
    package struct Settings: Hashable, Sendable {
        /// The token endpoint, https or on loopback.
        package var endpoint: String
        package var clientID: String
        package var clientSecret: Secret
        package var scope: String?
        /// Whether name and secret are percent-encoded before they are put into the header, as the
        /// RFC wants it and few providers do (`sasl.oauthbearer.header.urlencode`).
        package var encodesHeader = false
        /// The claim that holds the principal (`sasl.oauthbearer.sub.claim.name`).
        package var subjectClaim = "sub"
        package var extensions: [String: String] = [:]
        package var timeout = Duration.seconds(10)

        package init(endpoint: String, clientID: String, clientSecret: Secret) {
            self.endpoint = endpoint
            self.clientID = clientID
            self.clientSecret = clientSecret
        }
    }

    private let settings: Settings
    private let http: any HTTPSending
    private let now: @Sendable () -> Timestamp

    package init(
        _ settings: Settings, http: any HTTPSending,
        now: @escaping @Sendable () -> Timestamp = { SystemClock.now() }
    ) {
        self.settings = settings
        self.http = http
        self.now = now
    }

    /// Asks the identity provider once.
    package func token() async throws(TokenError) -> OAuthToken {
        let asked = now()
        let response: HTTPResponse
        do {
            response = try await http.send(request, timeout: settings.timeout)
        } catch {
            let code: TokenError.Code = error.kind == .fatal ? .configuration : .unavailable
            throw TokenError(code, "The token endpoint \(place) cannot be asked: \(error)")
        }
        guard response.status == 200 else { throw refusal(response) }
        return try read(response.body, asked: asked)
    }

    private var request: HTTPRequest {
        var form = "grant_type=client_credentials"
        if let scope = settings.scope, !scope.isEmpty {
            form += "&scope=" + PercentEncoding.encode(scope)
        }
        var (name, secret) = (settings.clientID, settings.clientSecret.revealed)
        if settings.encodesHeader {
            (name, secret) = (PercentEncoding.encode(name), PercentEncoding.encode(secret))
        }
        return HTTPRequest(
            method: "POST", url: settings.endpoint,
            headers: [
                HTTPHeader("Content-Type", "application/x-www-form-urlencoded"),
                HTTPHeader("Accept", "application/json"),
                HTTPHeader(
                    "Authorization", "Basic " + Base64Text.encode(Array("\(name):\(secret)".utf8))),
            ], body: Array(form.utf8))
    }

    /// The endpoint without what may stand in its query or before an `@`.
    private var place: String {
        guard let scheme = settings.endpoint.firstRange(of: "://") else { return "" }
        let authority = settings.endpoint[scheme.upperBound...].prefix { !"/?#".contains($0) }
        return String(authority.split(separator: "@").last ?? "")
    }
}

extension ClientCredentialsTokens: CustomStringConvertible, CustomReflectable {
    /// Who asks whom.
    package var description: String { "\(settings.clientID) at \(place)" }

    /// The same: extensions, the endpoint's address and the proxy's may hold secrets.
    package var customMirror: Mirror { Mirror(self, children: ["tokens": description]) }
}

// MARK: - Answers

extension ClientCredentialsTokens {
    private static let longestLife = 365.0 * 24 * 3600

    /// The provider's own code of an error is shown (RFC 6749, section 5.2), its words are not.
    private func refusal(_ response: HTTPResponse) -> TokenError {
        let code = (try? Value(json: response.body, maximumDepth: 16))?["error"]?.string
        let shown = code.map {
            $0.utf8.count <= 64 && $0.utf8.allSatisfy(Self.isCodeByte) ? $0 : "other"
        }
        let isTransient = response.status >= 500 || [408, 425, 429].contains(response.status)
        return TokenError(
            isTransient ? .unavailable : .refused,
            "The token endpoint \(place) answers HTTP \(response.status)"
                + (shown.map { ", \($0)" } ?? "")
                + (isTransient ? "." : ": check client id, secret and scope."))
    }

    private static func isCodeByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
        default: false
        }
    }

    private func read(_ body: [UInt8], asked: Timestamp) throws(TokenError) -> OAuthToken {
        guard let json = try? Value(json: body, maximumDepth: 16), json.kind == .map else {
            // A page of somebody on the way, or of a provider that is being mended.
            throw TokenError(.unavailable, "The token endpoint \(place) answers without JSON.")
        }
        guard let value = json["access_token"]?.string, !value.isEmpty else {
            throw TokenError(.malformed, "The token endpoint \(place) answers without a token.")
        }
        let claims = JWTClaims(of: value)
        let life = json["expires_in"].flatMap { $0.string ?? $0.number }.flatMap { Double($0) }
            .flatMap { $0 > 0 ? Int64(min($0, Self.longestLife) * 1000) : nil }
        let ends = [claims?.expiration, life.map { asked.milliseconds + $0 }].compactMap(\.self)
        guard let end = ends.min(), end > asked.milliseconds else {
            throw TokenError(
                .malformed,
                "The token endpoint \(place) answers with a token that does not say when it ends, "
                    + "or has ended already; this machine's clock may be wrong.")
        }
        return OAuthToken(
            value: value,
            principal: claims?.text(of: settings.subjectClaim) ?? settings.clientID, issued: asked,
            expiration: Timestamp(milliseconds: end), extensions: settings.extensions)
    }
}
