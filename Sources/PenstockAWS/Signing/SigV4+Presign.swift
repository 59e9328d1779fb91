public import Penstock
public import PenstockIO

extension SigV4 {
    /// Returns the request with the signature in its query, so that the address alone carries it.
    ///
    /// Who sends it must send the signed headers and the same body. With temporary credentials it
    /// ends with them, whatever `lifetime` says.
    ///
    /// - Parameters:
    ///   - request: The request without a signature.
    ///   - credentials: Who asks.
    ///   - now: The moment from which on it is good.
    ///   - lifetime: For how long it is good, in whole seconds: 1 second to 7 days.
    /// - Returns: The same request with a longer address.
    /// - Throws: ``SigningError``: `malformedURL`, `malformedHeader`, `invalidExpiration`,
    ///   `invalidTime` or `cryptographyUnavailable`.
    public func presign(
        _ request: HTTPRequest, with credentials: Credentials, at now: Timestamp,
        lifetime: Duration
    ) throws(SigningError) -> HTTPRequest {
        let draft = try presignDraft(
            of: request, with: credentials, at: now, lifetime: lifetime)
        let signature = try signature(of: draft.canonical, at: draft.time, with: credentials)
        var signed = draft.request
        if let token = credentials.sessionToken, !signsSessionToken {
            signed.url.append("&X-Amz-Security-Token=\(PercentEncoding.encode(token))")
        }
        signed.url.append("&X-Amz-Signature=\(signature)")
        return signed
    }

    /// The request with every parameter but the signature, and its canonical form.
    func presignDraft(
        of request: HTTPRequest, with credentials: Credentials, at now: Timestamp,
        lifetime: Duration
    ) throws(SigningError) -> Draft {
        let time = try SigningTime(now)
        guard 1...604_800 ~= lifetime.components.seconds else {
            throw SigningError(.invalidExpiration)
        }
        let target = try RequestTarget(request.url)
        let headers = signedHeaders(of: request, to: target)
        let names = Set(headers.map { $0.name.lowercased() }).sorted().joined(separator: ";")
        var parameters = [
            ("X-Amz-Algorithm", "AWS4-HMAC-SHA256"),
            ("X-Amz-Credential", "\(credentials.accessKeyID)/\(scope(time))"),
            ("X-Amz-Date", time.text), ("X-Amz-SignedHeaders", names),
            ("X-Amz-Expires", String(lifetime.components.seconds)),
        ]
        if let token = credentials.sessionToken, signsSessionToken {
            parameters.append(("X-Amz-Security-Token", token))
        }
        var draft = request
        draft.url = Self.adding(parameters, to: request.url)
        let canonical = try CanonicalRequest(
            method: request.method,
            path: CanonicalRequest.path(target.path, normalizing: normalizesPath),
            query: CanonicalRequest.query(RequestTarget(draft.url).query),
            headers: headers, payloadHash: payloadHash(request))
        return Draft(request: draft, canonical: canonical, time: time)
    }

    private static func adding(_ parameters: [(String, String)], to url: String) -> String {
        let query = parameters.map { "\($0)=\(PercentEncoding.encode($1))" }
        let bare = url.prefix { $0 != "#" }
        let separator = !bare.contains("?") ? "?" : bare.hasSuffix("?") ? "" : "&"
        return bare + separator + query.joined(separator: "&")
    }
}
