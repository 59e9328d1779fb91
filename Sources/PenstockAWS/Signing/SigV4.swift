public import Penstock
public import PenstockIO

/// AWS's Signature Version 4: the request, the credentials and the moment go in, a signed request
/// comes out.
///
/// It is a pure function of its arguments: no clock, no environment, no state.
///
/// ```swift
/// let signed = try SigV4(region: "eu-west-1", service: "dynamodb")
///     .sign(request, with: credentials, at: now)
/// ```
///
/// Every header of the request is signed but those that proxies and clients rewrite. Add or change
/// no header and no byte of the body after signing.
public struct SigV4: Sendable {
    /// The region that the request goes to, such as `eu-west-1`.
    public var region: String
    /// The service's signing name, such as `dynamodb`.
    public var service: String
    /// Whether `.`, `..` and empty segments of the path are resolved before it is signed.
    ///
    /// Every service but S3 expects it.
    public var normalizesPath = true
    /// Whether the digest of the body is sent as the header `x-amz-content-sha256`, as S3 wants it.
    ///
    /// The signature covers the body either way.
    public var sendsPayloadHash = false
    /// Whether the session token of temporary credentials is part of what is signed.
    ///
    /// A few services want it added afterwards.
    public var signsSessionToken = true

    /// Signs for one service in one region.
    public init(region: String, service: String) {
        self.region = region
        self.service = service
    }

    /// Returns the request with the headers `X-Amz-Date`, `Authorization` and, with temporary
    /// credentials, `X-Amz-Security-Token`.
    ///
    /// A signature holds for five minutes (AWS's tolerance for clocks). Headers of these names that
    /// the request has already are replaced.
    ///
    /// - Throws: ``SigningError``: `malformedURL`, `malformedHeader`, `invalidTime` or
    ///   `cryptographyUnavailable`.
    public func sign(
        _ request: HTTPRequest, with credentials: Credentials, at now: Timestamp
    ) throws(SigningError) -> HTTPRequest {
        let draft = try draft(of: request, with: credentials, at: now)
        let signature = try signature(of: draft.canonical, at: draft.time, with: credentials)
        var signed = draft.request
        signed.headers.append(
            HTTPHeader(
                "Authorization",
                authorization(
                    draft.canonical, at: draft.time, with: credentials, signature: signature)))
        return signed
    }
}

extension SigV4 {
    /// What is signed, before the signature is there.
    struct Draft {
        var request: HTTPRequest
        var canonical: CanonicalRequest
        var time: SigningTime
    }

    /// The request with every header but the signature, and its canonical form.
    func draft(
        of request: HTTPRequest, with credentials: Credentials, at now: Timestamp
    ) throws(SigningError) -> Draft {
        let time = try SigningTime(now)
        let hash = try payloadHash(request)
        var draft = request
        draft.headers.removeAll { SigningHeader.isSet(bySigning: $0.name) }
        var unsigned: HTTPHeader?
        if let token = credentials.sessionToken {
            let header = HTTPHeader("X-Amz-Security-Token", token)
            draft.headers.append(header)
            if !signsSessionToken { unsigned = header }
        }
        draft.headers.append(HTTPHeader("X-Amz-Date", time.text))
        if sendsPayloadHash { draft.headers.append(HTTPHeader("x-amz-content-sha256", hash)) }
        let target = try RequestTarget(request.url)
        let canonical = try CanonicalRequest(
            method: request.method,
            path: CanonicalRequest.path(target.path, normalizing: normalizesPath),
            query: CanonicalRequest.query(target.query),
            headers: signedHeaders(of: draft, to: target).filter { $0 != unsigned },
            payloadHash: hash)
        return Draft(request: draft, canonical: canonical, time: time)
    }

    /// The headers that the signature covers, with the `Host` that the client will send.
    func signedHeaders(of request: HTTPRequest, to target: RequestTarget) -> [HTTPHeader] {
        var headers = request.headers.filter { !SigningHeader.isNeverSigned($0.name) }
        if request.headers["host"] == nil { headers.append(HTTPHeader("Host", target.authority)) }
        return headers
    }

    /// The digest of the body in hexadecimal.
    func payloadHash(_ request: HTTPRequest) throws(SigningError) -> String {
        var context = try SHA256Context()
        return try context.digest(request.body.span.bytes).hexadecimal
    }

    /// The value of the header `Authorization`.
    func authorization(
        _ canonical: CanonicalRequest, at time: SigningTime, with credentials: Credentials,
        signature: String
    ) -> String {
        "AWS4-HMAC-SHA256 Credential=\(credentials.accessKeyID)/\(scope(time)), "
            + "SignedHeaders=\(canonical.signedHeaders), Signature=\(signature)"
    }

    /// Day, region, service: what a signing key is good for.
    func scope(_ time: SigningTime) -> String { "\(time.day)/\(region)/\(service)/aws4_request" }

    /// What the signing key is applied to.
    func stringToSign(
        _ canonical: CanonicalRequest, at time: SigningTime
    ) throws(SigningError) -> String {
        var context = try SHA256Context()
        let digest = try context.digest(canonical.bytes.span.bytes)
        return "AWS4-HMAC-SHA256\n\(time.text)\n\(scope(time))\n\(digest.hexadecimal)"
    }

    /// The signature in hexadecimal.
    func signature(
        of canonical: CanonicalRequest, at time: SigningTime, with credentials: Credentials
    ) throws(SigningError) -> String {
        var key = try HMACKey.signing(
            secret: credentials.secretAccessKey, day: time.day, region: region, service: service)
        return try key.code(stringToSign(canonical, at: time)).hexadecimal
    }
}
