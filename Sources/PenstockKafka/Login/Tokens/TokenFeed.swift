import CPenstockRDKafka
import Glibc
package import Penstock
import PenstockAWS
import PenstockIO
import Synchronization

/// Keeps the Kafka clients of one connector supplied with tokens.
///
/// ``run()`` asks the provider and hands each token to every client; a client that comes later gets
/// the one that is there. It holds as many clients as are open.
package final class TokenFeed: Sendable {
    private struct State {
        var token: OAuthToken?
        /// Whether the last request for a token failed.
        var isAway = false
        /// When a token came after one had been missing.
        var gapEnd: Timestamp?
        var clients: [SharedClient] = []
    }

    private let provider: any TokenProvider
    private let log: Log
    private let now: @Sendable () -> Timestamp
    private let state = Mutex(State())

    package init(
        _ provider: any TokenProvider, log: Log,
        now: @escaping @Sendable () -> Timestamp = { SystemClock.now() }
    ) {
        self.provider = provider
        self.log = log
        self.now = now
    }

    /// How long after a gap a login that fails may have begun before its end.
    private static let settling: UInt64 = 3000

    /// Whether a login that fails says something about the configuration.
    ///
    /// It does not where the last token has ended, nor while no new one can be had, since it is the
    /// broker's clock that ends a token, nor just after that: the login may have begun before.
    var isSupplied: Bool {
        let now = now().milliseconds
        return state.withLock { state in
            guard let token = state.token, token.expiration.milliseconds > now, !state.isAway
            else { return false }
            // Not by the order of both: the clock may have been set back since.
            return state.gapEnd.map { (now - $0.milliseconds).magnitude >= Self.settling } ?? true
        }
    }

    /// Asks for tokens and hands them on until the task is cancelled.
    ///
    /// - Throws: ``TokenError`` where the provider refuses for good and the last token has ended.
    package func run() async throws(TokenError) {
        var renewal = TokenRenewal()
        var outage = OutageLog()
        while !Task.isCancelled {
            let decision: TokenRenewal.Decision
            do {
                let token = try await newToken()
                hand(token)
                decision = renewal.obtained(token, at: now())
                if outage.isUnderWay { report(outage.recovered(at: .now), nil) }
            } catch {
                if Task.isCancelled { return }
                state.withLock { $0.isAway = true }
                decision = renewal.failed(error.kind, at: now(), random: .random(in: 0..<1))
                if decision == .giveUp { throw error }
                report(outage.failed(at: .now), error)
            }
            guard case .ask(let delay) = decision else { return }
            await wait(delay)
        }
    }

    /// How long the provider may take.
    private static let limit = Duration.seconds(60)

    /// Asks once, within a time limit, and looks at what comes.
    ///
    /// A provider of the program's own that ignores its cancellation is waited for all the same.
    private func newToken() async throws(TokenError) -> OAuthToken {
        let provider = provider
        let answer = await withTaskGroup(of: Result<OAuthToken, TokenError>?.self) { group in
            group.addTask {
                do throws(TokenError) { return .success(try await provider.token()) } catch {
                    return .failure(error)
                }
            }
            group.addTask {
                try? await (EventLoop.current ?? .shared).sleep(for: Self.limit)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
        guard let answer else {
            throw TokenError(
                .unavailable, "There was no token within \(Self.limit.components.seconds) seconds.")
        }
        let token = try answer.get()
        if let fault = token.fault(at: now()) { throw TokenError(.malformed, fault) }
        return token
    }

    /// Waits by the clock that tokens end by: the loop's own stands still while a machine sleeps.
    private func wait(_ delay: Duration) async {
        let end = now().milliseconds + delay.components.seconds * 1000
        var slept = Duration.zero
        while slept < delay, !Task.isCancelled {
            let left = Duration.milliseconds(end - now().milliseconds)
            guard left > .zero else { return }
            let slice = min(left, delay - slept, .seconds(30))
            try? await (EventLoop.current ?? .shared).sleep(for: slice)
            slept += slice
        }
    }

    private func report(_ report: OutageLog.Report?, _ error: TokenError?) {
        switch report {
        case .began:
            log.warning(
                "No new token for Kafka; connections that are open go on",
                ["error": error?.description ?? ""])
        case .continues(let time, let failures):
            log.warning(
                "Still no new token for Kafka",
                [
                    "seconds": time.components.seconds, "failures": failures,
                    "error": error?.description ?? "",
                ])
        case .ended(let time, let failures):
            log.info(
                "There are tokens for Kafka again",
                ["seconds": time.components.seconds, "failures": failures])
        case nil: break
        }
    }
}

// MARK: - Clients

extension TokenFeed {
    /// Gives a client this and every later token; it has to be taken out before it ends.
    func add(_ client: SharedClient) {
        // Under the lock, so that a client never gets the older of two tokens last.
        let now = now().milliseconds
        let fault: String? = state.withLock { state in
            state.clients.append(client)
            guard let token = state.token, token.expiration.milliseconds > now else { return nil }
            return client.setToken(token)
        }
        report(fault)
    }

    /// Forgets a client, which may then end.
    func remove(_ client: SharedClient) {
        state.withLock { state in state.clients.removeAll { $0.pointer == client.pointer } }
    }

    private func hand(_ token: OAuthToken) {
        let now = now()
        let fault = state.withLock { state in
            let hadEnded =
                state.token.map { $0.expiration.milliseconds <= now.milliseconds } ?? false
            if hadEnded || state.isAway && state.token != nil { state.gapEnd = now }
            state.isAway = false
            state.token = token
            return state.clients.compactMap { $0.setToken(token) }.first
        }
        report(fault)
    }

    private func report(_ fault: String?) {
        guard let fault else { return }
        log.error("The Kafka client does not take the token", ["reason": fault])
    }
}

extension SharedClient {
    /// Gives the client a token; returns the library's sentence where it does not take it.
    fileprivate func setToken(_ token: OAuthToken) -> String? {
        let copies = token.extensions.sorted { $0.key < $1.key }
            .flatMap { [strdup($0.key), strdup($0.value)] }
        defer { for copy in copies { free(copy) } }
        var parts = copies.map { UnsafePointer($0) }
        var text = [CChar](repeating: 0, count: 256)
        let result = rd_kafka_oauthbearer_set_token(
            pointer, token.value, token.expiration.milliseconds, token.principal, &parts,
            parts.count, &text, text.count)
        guard result != RD_KAFKA_RESP_ERR_NO_ERROR else { return nil }
        // The library's own sentence may quote an extension's value.
        return KafkaErrorCode(result).sentence
    }
}
