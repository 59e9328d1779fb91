import Penstock
import PenstockAWS
import Synchronization

@testable import PenstockIO

/// Answers requests with what was recorded, in the recorded order, and keeps what differed.
final class ReplayedTraffic: HTTPSending {
    private struct State {
        var next = 0
        var differences: [String] = []
        var delays: [Duration] = []
    }

    private let exchanges: [RecordedTraffic.Exchange]
    private let state = Mutex(State())

    init(_ exchanges: [RecordedTraffic.Exchange]) { self.exchanges = exchanges }

    /// Where requests were not as recorded, and the recorded ones that were not made.
    var differences: [String] {
        state.withLock { state in
            state.differences
                + exchanges.dropFirst(state.next).map { "not sent: \($0.method) \($0.uri)" }
        }
    }

    /// What was waited for between requests.
    var delays: [Duration] { state.withLock { $0.delays } }

    /// Stands in for waiting.
    func wait(_ delay: Duration) { state.withLock { $0.delays.append(delay) } }

    func send(
        _ request: HTTPRequest, timeout: Duration
    ) async throws(HTTPError) -> HTTPResponse {
        let exchange = state.withLock { state -> RecordedTraffic.Exchange? in
            guard state.next < exchanges.count else {
                state.differences.append("not recorded: \(request.method) \(request.url)")
                return nil
            }
            let exchange = exchanges[state.next]
            state.next += 1
            let differences = RequestComparison(recorded: exchange, request: request).differences
            state.differences += differences.map { "request \(state.next): \($0)" }
            return exchange
        }
        guard let exchange, let status = exchange.status else {
            throw HTTPError(.connectionLost, kind: .retriable, detail: "nothing is recorded")
        }
        let headers = exchange.answerHeaders.flatMap { name, values in
            values.map { HTTPHeader(name, $0) }
        }
        return HTTPResponse(status: status, headers: headers, body: exchange.answer)
    }
}
