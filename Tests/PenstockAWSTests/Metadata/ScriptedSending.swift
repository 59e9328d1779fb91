import Penstock
import Synchronization

@testable import PenstockAWS
@testable import PenstockIO

/// Answers requests as a test says, and keeps them, the pauses and the time.
final class ScriptedSending: HTTPSending {
    private struct State {
        var requests: [HTTPRequest] = []
        var timeouts: [Duration] = []
        var pauses: [Duration] = []
        var now = Timestamp(milliseconds: 1_700_000_000_000)
    }

    private let state = Mutex(State())
    private let answer: @Sendable (HTTPRequest, Int) throws(HTTPError) -> HTTPResponse

    /// - Parameter answer: Gives the answer to a request and its number, from 1.
    init(_ answer: @escaping @Sendable (HTTPRequest, Int) throws(HTTPError) -> HTTPResponse) {
        self.answer = answer
    }

    var requests: [HTTPRequest] { state.withLock { $0.requests } }
    var timeouts: [Duration] { state.withLock { $0.timeouts } }
    var pauses: [Duration] { state.withLock { $0.pauses } }

    func advance(seconds: Int64) { state.withLock { $0.now.milliseconds += seconds * 1000 } }

    func send(
        _ request: HTTPRequest, timeout: Duration
    ) async throws(HTTPError) -> HTTPResponse {
        let number = state.withLock { state in
            state.requests.append(request)
            state.timeouts.append(timeout)
            return state.requests.count
        }
        return try answer(request, number)
    }

    /// A context in which everything is asked here and nothing is waited for.
    func context(_ environment: AWSEnvironment) -> AWSContext {
        var context = AWSContext(environment: environment, services: self, metadata: self)
        context.clock = ServiceClock { self.state.withLock { $0.now } }
        context.sleep = { delay in self.state.withLock { $0.pauses.append(delay) } }
        return context
    }
}

extension HTTPError {
    static let noConnection = HTTPError(.connect, kind: .retriable, host: "169.254.169.254")
    static let noConnectionInTime = HTTPError(.timeout, kind: .retriable)
    static let noAnswerInTime = HTTPError(.timeout, kind: .retriable, mayHaveBeenSent: true)
}

extension HTTPResponse {
    static func text(_ text: String, headers: [HTTPHeader] = []) -> HTTPResponse {
        HTTPResponse(status: 200, headers: headers, body: Array(text.utf8))
    }

    /// What agents and the metadata service give; `CANARY` marks what must not be shown.
    static let credentials = text(
        """
        {"Code": "Success", "AccessKeyId": "AKID", "SecretAccessKey": "CANARY-secret",
        "Token": "CANARY-token", "Expiration": "2030-01-01T00:00:00Z", "AccountId": "123456789012"}
        """)
}

extension CredentialProvider {
    /// Why there are no credentials; nil where there are.
    func failure() async -> CredentialError? {
        do throws(CredentialError) {
            _ = try await credentials()
            return nil
        } catch { return error }
    }
}
