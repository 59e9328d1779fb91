import Penstock
import Synchronization

/// Sends HTTP/1.1 requests over connections that are kept and used again.
///
/// A client may be used from any number of tasks and event loops. Each loop has its own
/// connections; a caller that runs on no loop uses ``EventLoop/shared``.
///
/// ```swift
/// let client = HTTPClient()
/// let answer = try await client.send(
///     HTTPRequest(url: "https://dynamodb.eu-west-1.amazonaws.com/ping"), timeout: .seconds(2))
/// print(answer.status)
/// ```
public final class HTTPClient: Sendable {
    /// How the client connects, and what it accepts.
    public let configuration: HTTPClientConfiguration

    private static let lastIdentifier = Atomic(0)
    private let identifier: Int
    /// The loops that hold something of this client.
    private let loops = Mutex<[EventLoop]>([])

    /// Makes a client; nothing is connected before the first request.
    public init(configuration: HTTPClientConfiguration = .init()) {
        self.configuration = configuration
        identifier = Self.lastIdentifier.wrappingAdd(1, ordering: .relaxed).newValue
    }

    deinit {
        let identifier = self.identifier
        for loop in loops.withLock({ $0 }) {
            loop.execute {
                // Stopped, or its idle exchanges would keep it, and it them.
                loop.core.transports.removeValue(forKey: identifier)?.stop()
            }
        }
    }

    /// Sends a request and returns the whole answer, whatever its status.
    ///
    /// Cancelling the task frees the transfer at once and throws `cancelled`. A request whose
    /// method is not `POST` or `PATCH` may be sent twice where a kept connection turns out to have
    /// been closed by the server.
    ///
    /// - Parameters:
    ///   - request: What to send. The body is not copied.
    ///   - timeout: The limit for everything: waiting for a connection, resolving the name,
    ///     connecting, sending and receiving.
    /// - Returns: Status, headers and body.
    /// - Throws: ``HTTPError``: `resolve`, `connect`, `tls`, `timeout`, `cancelled`,
    ///   `connectionLost`, `proxy`, `tooLarge`, `refused`, `invalidRequest` or `other`.
    public func send(
        _ request: HTTPRequest, timeout: Duration
    ) async throws(HTTPError) -> HTTPResponse {
        let loop = EventLoop.current ?? .shared
        // Also for a caller on the loop's thread: a step of an actor may run there for a task that
        // does not prefer the loop, and would go on elsewhere after an await.
        return try await loop.run { () async throws(HTTPError) in
            try await self.send(request, timeout: timeout, on: loop)
        }
    }

    private func send(
        _ request: HTTPRequest, timeout: Duration, on loop: EventLoop
    ) async throws(HTTPError) -> HTTPResponse {
        // A loop that has ended leaves its tasks to the pool.
        guard loop.isCurrent else { throw HTTPError(.cancelled, kind: .retriable) }
        let transport = transport(on: loop)
        let exchange =
            transport.takeIdle() ?? HTTPExchange(client: nil, transport: transport, loop: loop)
        defer { if loop.isCurrent { transport.giveBack(exchange) } }
        try exchange.setTarget(method: request.method, url: request.url)
        exchange.removeHeaders()
        for header in request.headers { exchange.appendHeader(header.name, header.value) }
        let mayResend = request.method != "POST" && request.method != "PATCH"
        try await exchange.send(request.body, timeout: timeout, mayResend: mayResend)
        return HTTPResponse(
            status: exchange.status, headers: exchange.headers, body: exchange.takeBody())
    }

    /// Makes an exchange, which keeps its memory from one request to the next.
    ///
    /// On a loop's thread only, to which the exchange then belongs.
    package func makeExchange() -> HTTPExchange {
        guard let loop = EventLoop.current else {
            preconditionFailure("an exchange is made on the thread of its loop")
        }
        return HTTPExchange(client: self, transport: transport(on: loop), loop: loop)
    }

    private func transport(on loop: EventLoop) -> HTTPTransport {
        if let transport = loop.core.transports[identifier] { return transport }
        let transport = HTTPTransport(configuration: configuration, core: loop.core)
        loop.core.transports[identifier] = transport
        loops.withLock { $0.append(loop) }
        return transport
    }
}
