internal import Penstock
internal import PenstockIO

/// Asks a server for credentials or metadata, a few times where it does not answer.
struct MetadataServer: Sendable {
    let context: AWSContext
    /// The limit of one attempt, from connecting to the last byte.
    let timeout: Duration
    /// How often a request is made at most.
    let attempts: Int
    /// How long is waited between attempts.
    let pause: Duration

    /// Sends a request until there is an answer that another attempt would not better.
    ///
    /// After the last attempt an answer is returned whatever its status.
    ///
    /// - Parameters:
    ///   - request: What to ask.
    ///   - endsAt: Whether a failure is enough, so that no further attempt is made.
    /// - Returns: The answer.
    /// - Throws: The last attempt's failure, or that the task was cancelled.
    func send(
        _ request: HTTPRequest, endsAt: (HTTPError) -> Bool = { _ in false }
    ) async throws(MetadataFailure) -> HTTPResponse {
        var attempt = 1
        while true {
            do throws(HTTPError) {
                let answer = try await context.metadata.send(request, timeout: timeout)
                if attempt >= attempts || !Self.isTemporary(answer.status) { return answer }
            } catch {
                if error.code == .cancelled || Task.isCancelled { throw .cancelled }
                if attempt >= attempts || error.kind != .retriable || endsAt(error) {
                    throw .transport(error)
                }
            }
            attempt += 1
            do { try await context.sleep(pause) } catch { throw .cancelled }
        }
    }

    private static func isTemporary(_ status: Int) -> Bool { status == 429 || status >= 500 }
}
