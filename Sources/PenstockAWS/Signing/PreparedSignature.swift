internal import Penstock
internal import PenstockIO

/// The part of a signature that depends on credentials and day, with gaps for the rest.
struct PreparedSignature: ~Copyable {
    private let credentials: Credentials
    private let day: String
    private var key: HMACKey
    private var canonical: SigningTemplate
    private var stringToSign: SigningTemplate
    private var authorization: SigningTemplate

    init(
        of request: HTTPRequest, by signer: SigV4, at now: Timestamp, with credentials: Credentials
    ) throws(SigningError) {
        let draft = try signer.draft(of: request, with: credentials, at: now)
        let stringToSign = try signer.stringToSign(draft.canonical, at: draft.time)
        let authorization = signer.authorization(
            draft.canonical, at: draft.time, with: credentials,
            signature: String(repeating: "0", count: 64))
        let key = try HMACKey.signing(
            secret: credentials.secretAccessKey, day: draft.time.day, region: signer.region,
            service: signer.service)
        self.key = key
        self.credentials = credentials
        day = String(draft.time.day)
        canonical = SigningTemplate(draft.canonical.bytes, time: draft.time.text)
        self.stringToSign = SigningTemplate(Array(stringToSign.utf8), time: draft.time.text)
        self.authorization = SigningTemplate(Array(authorization.utf8))
    }

    func isGood(on time: String, for credentials: Credentials) -> Bool {
        time.hasPrefix(day) && credentials == self.credentials
    }

    /// The value of `Authorization` for a body.
    mutating func sign(
        _ body: RawSpan, at time: String, using context: inout SHA256Context
    ) throws(SigningError) -> String {
        canonical.fill(time: time, digest: try context.digest(body))
        let digest = try context.digest(canonical.bytes.span.bytes)
        stringToSign.fill(time: time, digest: digest)
        let text = stringToSign.bytes
        authorization.fill(digest: try key.code(text.span.bytes))
        return String(decoding: authorization.bytes, as: UTF8.self)
    }
}
