import CPenstockCurl
import Penstock

/// One request and its answer at a time, in memory that the next one uses again.
///
/// For callers that send many like requests: nothing is copied but by libcurl itself, and in steady
/// state nothing is allocated here. Made by ``HTTPClient/makeExchange()``.
///
/// `@unchecked Sendable`: all its state is touched on the thread of its loop only; `cancel` checks.
package final class HTTPExchange: @unchecked Sendable {
    let easy = EasyHandle()
    let loop: EventLoop
    let transport: HTTPTransport
    /// Keeps the client, and so the transport's place on the loop; pooled exchanges need none.
    private let client: HTTPClient?

    private var lines = HTTPHeaderLines()
    private var method = ""
    private var url = ""
    private var target: HTTPTarget?
    private var goesThroughProxy = false
    private var host: HTTPHost?
    /// The body of a request of ``HTTPClient/send(_:timeout:)``, kept until the request has ended.
    private var ownedBody: [UInt8] = []

    /// The number of the request, so that a late cancellation does not meet the next one.
    private var number: UInt64 = 0
    private var cancelledNumber: UInt64 = 0
    private var phase = Phase.idle
    private var continuation: UnsafeContinuation<HTTPError?, Never>?
    private var deadline = MonotonicInstant(nanoseconds: 0)
    private var waitTimer: LoopTimer?
    private var mayResend = false

    private enum Phase { case idle, waiting, active }

    /// What the callbacks of libcurl write.
    var answer = HTTPAnswer()

    init(client: HTTPClient?, transport: HTTPTransport, loop: EventLoop) {
        self.client = client
        self.transport = transport
        self.loop = loop
        easy.configure(transport.configuration)
        answer.limit = transport.configuration.maximumResponseBytes
        installCallbacks()
    }

    // MARK: The request

    /// Sets method and address for this request and those that follow; without cost where they are
    /// what they were.
    ///
    /// Throws ``HTTPError`` `invalidRequest` or `refused`.
    package func setTarget(method: String, url: String) throws(HTTPError) {
        precondition(phase == .idle, "an exchange sends one request at a time")
        if url != self.url || target == nil {
            let target = try HTTPTarget(
                url, allowsPlainHTTP: transport.configuration.allowsPlainHTTP)
            easy.set(CURLOPT_URL, url)
            let proxy = transport.configuration.proxy(for: target)
            easy.configureRoute(through: proxy)
            self.url = url
            self.target = target
            goesThroughProxy = proxy != nil
            host = transport.host(for: target)
        }
        guard !method.isEmpty, method.utf8.allSatisfy({ $0 >= 0x41 && $0 <= 0x5A }) else {
            throw .invalid("the method is not a word in capitals", host: target?.host)
        }
        self.method = method
    }

    /// Removes all headers; they stay from one request to the next otherwise.
    package func removeHeaders() {
        precondition(phase == .idle, "libcurl reads the headers while a request is under way")
        lines.removeAll()
    }

    /// Adds a header.
    ///
    /// What cannot be sent (line breaks, `Content-Length`) makes ``send`` throw `invalidRequest`.
    package func appendHeader(_ name: String, _ value: String) {
        precondition(phase == .idle, "libcurl reads the headers while a request is under way")
        lines.append(name, value)
    }

    // MARK: The answer

    /// The status of the last answer.
    package var status: Int { answer.status }

    /// The body of the last answer; valid until the next request is sent.
    package var body: [UInt8] { answer.body }

    /// The first header of the last answer under a name, whatever its case.
    package func header(_ name: String) -> String? { answer.header(name) }

    /// All headers of the last answer.
    package var headers: [HTTPHeader] { answer.headers() }

    /// Gives the body away instead of keeping its memory for the next answer.
    func takeBody() -> [UInt8] {
        var body: [UInt8] = []
        swap(&body, &answer.body)
        return body
    }

    // MARK: Sending

    /// Sends the request with an array as its body.
    func send(
        _ body: [UInt8], timeout: Duration, mayResend: Bool
    ) async throws(HTTPError) {
        ownedBody = body
        defer { ownedBody = [] }
        // The array's storage neither moves nor goes while this exchange holds it unchanged.
        let bytes = ownedBody.withUnsafeBytes { $0 }
        try await send(body: bytes, timeout: timeout, mayResend: mayResend)
    }

    /// Sends the request and returns when the whole answer is there.
    ///
    /// On the loop's thread only.
    /// Cancelling the task frees the transfer at once and throws `cancelled`.
    ///
    /// - Parameters:
    ///   - body: The body's bytes, which the caller keeps in place until this returns.
    ///   - timeout: The limit for everything: waiting for a connection, resolving, connecting,
    ///     sending and receiving.
    ///   - mayResend: Whether the request may be sent again on a new connection when a kept one
    ///     turns out to have been closed by the server, which may have acted on it nevertheless.
    /// - Throws: ``HTTPError``.
    package func send(
        body: UnsafeRawBufferPointer, timeout: Duration, mayResend: Bool = false
    ) async throws(HTTPError) {
        precondition(loop.isCurrent, "an exchange is used on the thread of its loop")
        number += 1
        let number = number
        self.mayResend = mayResend
        let error = await withTaskCancellationHandler {
            await withUnsafeContinuation { begin($0, body, timeout) }
        } onCancel: {
            cancel(number)
        }
        if let error { throw error }
    }

    private func begin(
        _ continuation: UnsafeContinuation<HTTPError?, Never>, _ body: UnsafeRawBufferPointer,
        _ timeout: Duration
    ) {
        precondition(phase == .idle, "an exchange sends one request at a time")
        if let error = prepare(body) { return continuation.resume(returning: error) }
        guard cancelledNumber != number, let host else {
            return continuation.resume(returning: error(.cancelled, .retriable))
        }
        self.continuation = continuation
        deadline = .now + timeout
        easy.set(CURLOPT_TIMEOUT_MS, timeout.curlMilliseconds)
        phase = .active
        guard !transport.start(self, host: host) else { return }
        phase = .waiting
        waitTimer = loop.schedule(after: timeout) { self.endWait(self.error(.timeout, .retriable)) }
    }

    private func prepare(_ body: UnsafeRawBufferPointer) -> HTTPError? {
        guard target != nil else { return .invalid("it has no address") }
        guard !lines.isInvalid else {
            return .invalid("a header is not allowed", host: target?.host)
        }
        answer.reset()
        setBody(body)
        easy.set(CURLOPT_HTTPHEADER, list: lines.list())
        return nil
    }

    /// Chooses the options that make libcurl send this method with, or without, this body.
    private func setBody(_ body: UnsafeRawBufferPointer) {
        easy.set(CURLOPT_NOBODY, 0)
        let hasBody = !body.isEmpty || method == "POST" || method == "PUT" || method == "PATCH"
        if hasBody {
            easy.set(CURLOPT_POST, 1)
            easy.set(CURLOPT_POSTFIELDSIZE_LARGE, offset: body.count)
            // A pointer to nothing would make libcurl read the body from standard input.
            easy.set(
                CURLOPT_POSTFIELDS,
                pointer: body.baseAddress ?? UnsafeRawPointer(Self.nothing.utf8Start))
        } else if method == "HEAD" {
            easy.set(CURLOPT_NOBODY, 1)
        } else {
            easy.set(CURLOPT_HTTPGET, 1)
        }
        let isImplied = method == (hasBody ? "POST" : "GET") || method == "HEAD" && !hasBody
        easy.set(CURLOPT_CUSTOMREQUEST, isImplied ? nil : method)
    }

    private static let nothing: StaticString = ""

    // MARK: The end of a request

    /// The request's turn has come; false where its time is over.
    func prepareAfterWait() -> Bool {
        waitTimer?.cancel()
        waitTimer = nil
        let left = deadline - .now
        guard left > .zero else {
            phase = .idle
            finish(error(.timeout, .retriable))
            return false
        }
        easy.set(CURLOPT_TIMEOUT_MS, left.curlMilliseconds)
        phase = .active
        return true
    }

    /// libcurl has ended the transfer.
    func complete(_ result: CURLcode) {
        guard phase == .active else { return }
        answer.status = easy.long(CURLINFO_RESPONSE_CODE)
        let error = self.error(for: result)
        leave()
        finish(error)
    }

    private func error(for result: CURLcode) -> HTTPError? {
        if let error = proxyError(for: result) { return error }
        if result == CURLE_OK { return nil }
        if answer.isTooLarge { return error(.tooLarge, .fatal) }
        if answer.wasResendRefused { return error(.connectionLost, .retriable) }
        return HTTPError(
            result, mayHaveBeenSent: answer.attempts > 0, host: target?.host ?? "")
    }

    /// What the proxy answered in the place of the host: to `CONNECT`, or as the only one that may
    /// say 407 where it has read the answer.
    private func proxyError(for result: CURLcode) -> HTTPError? {
        guard goesThroughProxy, let target else { return nil }
        if result == CURLE_OK {
            guard !target.usesTLS, answer.status == 407 else { return nil }
            return HTTPError(proxyStatus: 407, host: target.host)
        }
        let status = easy.long(CURLINFO_HTTP_CONNECTCODE)
        // 0 where no tunnel was asked for; one that stands may still break.
        guard status >= 300, answer.attempts == 0 else { return nil }
        return HTTPError(proxyStatus: status, host: target.host)
    }

    /// Ends the request `number`, unless it has ended already; from any thread.
    private func cancel(_ number: UInt64) {
        guard loop.isCurrent else {
            // A loop that has ended has ended its requests too.
            loop.execute { self.cancel(number) }
            return
        }
        guard self.number == number else { return }
        cancelledNumber = number
        stop()
    }

    /// Ends the request as if it had been cancelled.
    func stop() {
        switch phase {
        case .idle: break
        case .waiting: endWait(error(.cancelled, .retriable))
        case .active:
            leave()
            finish(error(.cancelled, .retriable))
        }
    }

    private func endWait(_ error: HTTPError) {
        guard phase == .waiting, let host else { return }
        transport.withdraw(self, host: host)
        waitTimer?.cancel()
        waitTimer = nil
        phase = .idle
        finish(error)
    }

    private func leave() {
        phase = .idle
        if let host { transport.remove(self, host: host) }
    }

    private func finish(_ error: HTTPError?) {
        let continuation = self.continuation
        self.continuation = nil
        continuation?.resume(returning: error)
    }

    private func error(_ code: HTTPError.Code, _ kind: ErrorKind) -> HTTPError {
        HTTPError(
            code, kind: kind, mayHaveBeenSent: answer.attempts > 0, host: target?.host)
    }

    var isResendRefused: Bool { answer.attempts > 0 && !mayResend }
}
