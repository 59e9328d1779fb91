internal import Penstock
internal import PenstockAWS
internal import PenstockIO
internal import Synchronization

/// Signs the requests of one writer of batches.
final class BatchSigner: Sendable {
    private struct State: ~Copyable {
        var target: AWSEndpoint?
        var url = ""
        var signer: RequestSigner?
    }

    private let state = Mutex(State())

    /// The headers that every batch has.
    static let headers = [
        HTTPHeader("Content-Type", DynamoDB.contentType),
        HTTPHeader("X-Amz-Target", DynamoDB.targetPrefix + "BatchWriteItem"),
        HTTPHeader("Accept-Encoding", "identity"),
    ]

    func url(of target: AWSEndpoint) -> String { state.withLock { $0.url } }

    func sign(
        _ body: RawSpan, to target: AWSEndpoint, with credentials: Credentials, at now: Timestamp
    ) throws -> RequestSignature {
        // The body is hashed under the lock, which only this writer ever takes.
        try body.withUnsafeBytes { body in
            try state.withLock { state in
                if state.target != target {
                    state.url = target.url + "/"
                    let request = HTTPRequest(
                        method: "POST", url: state.url, headers: Self.headers)
                    state.signer = try RequestSigner(
                        request,
                        with: SigV4(
                            region: target.signingRegion,
                            service: AWSService.dynamoDB.signingName))
                    state.target = target
                }
                guard let signature = try state.signer?.sign(body.bytes, with: credentials, at: now)
                else { preconditionFailure("the signer was made just before") }
                return signature
            }
        }
    }
}
