package import Penstock
package import PenstockAWS
import PenstockIO

/// Tokens for Amazon MSK's IAM login: an address that was signed in advance, in base64.
///
/// The broker asks the address for the caller's identity. It is good for 15 minutes, as AWS's own
/// signers make it.
package struct MSKTokens: TokenProvider {
    private let region: String
    private let credentials: any CredentialProvider
    private let userAgent: String
    private let now: @Sendable () -> Timestamp

    /// For how long an address is good.
    static let lifetime = Duration.seconds(900)

    package init(
        region: String, credentials: any CredentialProvider, userAgent: String = "penstock",
        now: @escaping @Sendable () -> Timestamp = { SystemClock.now() }
    ) {
        self.region = region
        self.credentials = credentials
        self.userAgent = userAgent
        self.now = now
    }

    /// Signs an address with the credentials of the moment.
    package func token() async throws(TokenError) -> OAuthToken {
        let signer: Credentials
        do {
            signer = try await credentials.credentials()
        } catch {
            throw TokenError(
                error.kind == .retriable ? .unavailable : .configuration,
                "No credentials for Amazon MSK: \(error)")
        }
        return try token(signedBy: signer, at: now())
    }

    func token(signedBy signer: Credentials, at now: Timestamp) throws(TokenError) -> OAuthToken {
        let request = HTTPRequest(
            url: "https://kafka.\(region).amazonaws.com/?Action=kafka-cluster%3AConnect")
        let signed: HTTPRequest
        do {
            signed = try SigV4(region: region, service: "kafka-cluster").presign(
                request, with: signer, at: now, lifetime: Self.lifetime)
        } catch {
            throw TokenError(.configuration, "The token for Amazon MSK cannot be signed: \(error)")
        }
        let url = Self.ordered(signed.url) + "&User-Agent=" + PercentEncoding.encode(userAgent)
        // The date in the address has no milliseconds; temporary credentials may end earlier.
        let issued = now.milliseconds / 1000 * 1000
        let end = issued + Self.lifetime.components.seconds * 1000
        return OAuthToken(
            value: Base64Text.encodeForURL(Array(url.utf8)), principal: "penstock",
            issued: Timestamp(milliseconds: issued),
            expiration: Timestamp(
                milliseconds: min(end, signer.expiration?.milliseconds ?? end)))
    }
}

extension MSKTokens {
    /// The order in which AWS's own signers write the parameters, in case that somebody looks.
    private static let order = [
        "Action", "X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires",
        "X-Amz-SignedHeaders", "X-Amz-Security-Token", "X-Amz-Signature",
    ]

    private static func ordered(_ url: String) -> String {
        let parts = url.split(separator: "?", maxSplits: 1)
        guard parts.count == 2 else { return url }
        func rank(_ parameter: Substring) -> Int {
            order.firstIndex { $0 == parameter.prefix { $0 != "=" } } ?? order.count
        }
        let parameters = parts[1].split(separator: "&").sorted { rank($0) < rank($1) }
        return parts[0] + "?" + parameters.joined(separator: "&")
    }

    /// The region that brokers' names show, such as
    /// `b-1.orders.abc123.c2.kafka.eu-west-1.amazonaws.com:9098`; nil where none does.
    package static func region(ofBrokers list: String) -> String? {
        for broker in list.split(separator: ",") {
            let labels = broker.prefix { $0 != ":" }.split(separator: ".")
                .map { $0.lowercased().filter { !$0.isWhitespace } }
            guard
                let service = labels.firstIndex(where: { $0 == "kafka" || $0 == "kafka-serverless" }
                ),
                service + 2 < labels.count, labels.contains("amazonaws"),
                labels[service + 1].contains("-")
            else { continue }
            return labels[service + 1]
        }
        return nil
    }
}
