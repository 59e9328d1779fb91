internal import Penstock
internal import PenstockIO

/// Sends the few requests that providers of credentials make, again where that helps.
///
/// At most three attempts of at most five seconds each: whoever waits for credentials is told soon.
struct ServiceCaller: Sendable {
    let context: AWSContext
    /// The limit of each attempt.
    var attemptTimeout = Duration.seconds(5)
    /// The retries.
    var retry = ServiceCaller.retry

    init(_ context: AWSContext) { self.context = context }

    private static let retry = {
        var retry = RetryOptions()
        retry.maxAttempts = 3
        retry.transientDelay = .milliseconds(200)
        retry.maxDelay = .seconds(2)
        return retry
    }()

    /// Sends what `request` makes for a moment until `fault` finds nothing wrong with the answer.
    func send(
        _ request: (Timestamp) throws(ServiceFault) -> HTTPRequest,
        fault: (HTTPResponse) -> ServiceFault?
    ) async throws(ServiceFault) -> HTTPResponse {
        var state = RetryState(retry)
        // Of this request alone: what asks for credentials once an hour needs no shared one.
        var bucket = RetryBucket(capacity: retry.bucketCapacity)
        var adoptedClock = false
        while true {
            let now = context.now()
            do throws(ServiceFault) {
                return try await attempt(request(now), fault)
            } catch {
                if !adoptedClock, isAboutTime(error, signedAt: now) {
                    adoptedClock = true
                    continue
                }
                let decision = state.failed(
                    error.kindOfRetry, bucket: &bucket, random: .random(in: 0..<1))
                guard case .retry(let delay) = decision else { throw error }
                try await wait(delay)
            }
        }
    }

    /// Whether a signature was refused for its time; the clock, which all share who ask for
    /// credentials here, is right by then.
    private func isAboutTime(_ error: ServiceFault, signedAt: Timestamp) -> Bool {
        guard let code = error.code, ServiceClock.mayCause(code), let date = error.date else {
            return false
        }
        return context.clock.compare(signedAt: signedAt, with: date) != .right
    }

    private func attempt(
        _ request: HTTPRequest, _ fault: (HTTPResponse) -> ServiceFault?
    ) async throws(ServiceFault) -> HTTPResponse {
        let response: HTTPResponse
        do {
            response = try await context.services.send(request, timeout: attemptTimeout)
        } catch {
            // A larger answer than any that makes sense is a foreign one, which may pass.
            if error.code == .tooLarge { throw .malformed("it is too large") }
            throw ServiceFault(.unreachable(error), kind: error.kind)
        }
        if let fault = fault(response) { throw fault }
        return response
    }

    private func wait(_ delay: Duration) async throws(ServiceFault) {
        let isOver: ()? = try? await context.sleep(delay)
        guard isOver != nil else { throw ServiceFault(.cancelled, kind: .retriable) }
    }
}

extension ServiceFault {
    /// Whether the same request may fare better in a moment.
    fileprivate var kindOfRetry: ErrorKind {
        switch reason {
        case .unreachable(let error): error.code == .cancelled ? .fatal : kind
        case .malformed, .cancelled: .fatal
        // Passes where an identity provider was set up just before, and stays where it was not.
        case .refused(code: "InvalidIdentityToken", _): .retriable
        default: kind
        }
    }
}
