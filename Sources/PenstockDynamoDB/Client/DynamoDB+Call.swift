internal import Penstock
internal import PenstockAWS
internal import PenstockIO

/// One request on its way: what stays the same from attempt to attempt.
struct PendingCall: Sendable {
    let operation: String
    let body: [UInt8]
    /// The name that all attempts share in AWS's logs.
    let invocation: String
    let effect: OperationEffect
    /// The table that it is about, by its name or ARN.
    let resource: String?
    let retry: RetryOptions

    init<Input: OperationInput>(_ input: Input, _ retry: RetryOptions) {
        operation = Input.operation
        body = RequestFields.bytes { input.write(to: &$0) }
        effect = input.effect
        resource = input.resource
        self.retry = retry
        invocation = Self.makeInvocation()
    }

    /// A random name in the form of a UUID.
    static func makeInvocation() -> String {
        let digits = [UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max)]
            .map { String($0, radix: 16) }
            .map { String(repeating: "0", count: 16 - $0.count) + $0 }.joined()
        var parts: [Substring] = []
        var rest = digits[...]
        for length in [8, 4, 4, 4, 12] {
            parts.append(rest.prefix(length))
            rest = rest.dropFirst(length)
        }
        return parts.joined(separator: "-")
    }
}

extension DynamoDB {
    /// The most levels of a reply's JSON: an item of 32 levels takes two each, and a few around it.
    static let replyDepth = 80

    /// Sends a request, again where that helps, and reads the reply.
    func call<Input: OperationInput>(
        _ input: Input
    ) async throws(DynamoDBError) -> Input.Output {
        let call = PendingCall(input, try retryOptions(for: Input.operation))
        let reply = try await sendRetrying(call)
        guard let json = try? Value(json: reply.body, maximumDepth: Self.replyDepth),
            let output = Input.Output(reply: json)
        else {
            throw DynamoDBError(
                malformedReply: reply.status, operation: call.operation,
                isOutcomeUnknown: call.effect != .none)
        }
        return output
    }

    private func sendRetrying(_ call: PendingCall) async throws(DynamoDBError) -> HTTPResponse {
        var retry = RetryState(call.retry)
        var remedies = Remedies()
        var isOutcomeUnknown = false
        while true {
            do {
                try await waitForTurn(call)
                let reply = try await attempt(call, number: retry.attempt, &remedies)
                retries.answered(isThrottled: false)
                retries.succeeded(&retry)
                return reply
            } catch {
                var error = error
                let mayHaveBeenApplied = error.isOutcomeUnknown && call.effect != .none
                // What an attempt may have done stays open, whatever the next ones come to.
                isOutcomeUnknown = isOutcomeUnknown || mayHaveBeenApplied
                error.isOutcomeUnknown = isOutcomeUnknown
                // A cancelled request is not tried again, whatever else it was.
                if error.code == .cancelled { throw error }
                retries.answered(isThrottled: error.kind == .throttled)
                if remedies.takeChance() { continue }
                if mayHaveBeenApplied, call.effect == .once { throw error }
                guard case .retry(let delay) = decide(&retry, after: error) else { throw error }
                try await wait(delay, before: error)
            }
        }
    }

    private func decide(
        _ retry: inout RetryState, after error: DynamoDBError
    ) -> RetryState.Decision { retries.failed(&retry, error.kind, serverDelay: error.retryAfter) }

    private func wait(_ delay: Duration, before error: DynamoDBError) async throws(DynamoDBError) {
        log.debug(
            "Trying again", ["operation": error.operation, "code": error.code.rawValue])
        guard await sleep(delay) else {
            var cancelled = DynamoDBError(.cancelled, operation: error.operation)
            cancelled.isOutcomeUnknown = error.isOutcomeUnknown
            throw cancelled
        }
    }

    /// In adaptive mode, waits until the client's rate allows for one more request.
    private func waitForTurn(_ call: PendingCall) async throws(DynamoDBError) {
        let delay = retries.takeTurn()
        guard delay > .zero else { return }
        guard await sleep(delay) else {
            retries.giveBackTurn()
            throw DynamoDBError(.cancelled, operation: call.operation)
        }
    }

    private func sleep(_ delay: Duration) async -> Bool {
        (try? await (EventLoop.current ?? .shared).sleep(for: delay)) != nil
    }

    private func attempt(
        _ call: PendingCall, number: Int, _ remedies: inout Remedies
    ) async throws(DynamoDBError) -> HTTPResponse {
        let connection = try connection(for: call.operation)
        let credentials = try await signingCredentials(for: call.operation)
        let now = now()
        let target = try target(
            for: call.operation, on: connection, with: credentials, resource: call.resource)
        let request = try signed(call, number: number, target, credentials, now)
        let reply: HTTPResponse
        do {
            reply = try await connection.http.send(request, timeout: options.attemptTimeout)
        } catch {
            throw DynamoDBError(http: error, operation: call.operation)
        }
        if let error = Self.fault(in: reply, operation: call.operation) {
            remedies.note(
                error, refused: credentials, signedAt: now, date: reply.headers["date"], in: self)
            throw error
        }
        return reply
    }
}
