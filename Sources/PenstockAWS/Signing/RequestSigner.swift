package import Penstock
package import PenstockIO

/// Signs many requests that differ in body and moment alone, without building anything twice.
///
/// It gives the same signatures as ``SigV4/sign(_:with:at:)``. The signing key and everything that
/// depends on credentials and day are kept; a signature then costs one pass over the body, three
/// short digests and one string.
package struct RequestSigner: ~Copyable {
    private let request: HTTPRequest
    private let signer: SigV4
    private var context: SHA256Context
    private var second = Int64.min
    private var time = ""
    private var prepared: PreparedSignature?

    /// Signs for the method, address and headers of `request`; its body plays no part.
    package init(_ request: HTTPRequest, with signer: SigV4) throws(SigningError) {
        precondition(!signer.sendsPayloadHash, "a header that differs by body cannot be prepared")
        let context = try SHA256Context()
        self.context = context
        self.request = request
        self.signer = signer
    }

    /// The values of the headers that this body, sent at this moment, needs.
    package mutating func sign(
        _ body: RawSpan, with credentials: Credentials, at now: Timestamp
    ) throws(SigningError) -> RequestSignature {
        if now.milliseconds / 1000 != second {
            time = try SigningTime(now).text
            second = now.milliseconds / 1000
        }
        if prepared?.isGood(on: time, for: credentials) != true {
            prepared = try PreparedSignature(of: request, by: signer, at: now, with: credentials)
        }
        guard let authorization = try prepared?.sign(body, at: time, using: &context) else {
            preconditionFailure("the signature was prepared just before")
        }
        return RequestSignature(
            date: time, authorization: authorization, sessionToken: credentials.sessionToken)
    }
}

/// What signing adds to a request: the values of three headers.
package struct RequestSignature: Sendable {
    /// The value of `X-Amz-Date`.
    package let date: String
    /// The value of `Authorization`.
    package let authorization: String
    /// The value of `X-Amz-Security-Token`, with temporary credentials.
    package let sessionToken: String?
}
