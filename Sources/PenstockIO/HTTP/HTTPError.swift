public import Penstock

/// Why a request has no answer.
///
/// An answer with an error status is an answer: it is returned, not thrown. The description names
/// the host and libcurl's own number, never the rest of the address, headers or a body.
public struct HTTPError: Error, Sendable, Hashable {
    /// What went wrong; an open set.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The code's name, as it is written here.
        public let description: String

        /// The name of the host, or of the proxy, was not resolved.
        public static let resolve = Code(description: "resolve")
        /// No connection to the host or the proxy.
        public static let connect = Code(description: "connect")
        /// No trusted connection: the handshake failed, or the certificate is not accepted.
        public static let tls = Code(description: "tls")
        /// A time limit passed: the one for connecting or the whole one.
        public static let timeout = Code(description: "timeout")
        /// The task was cancelled, or its loop was stopped.
        public static let cancelled = Code(description: "cancelled")
        /// The connection broke while the request was sent or the answer received.
        public static let connectionLost = Code(description: "connectionLost")
        /// The answer is larger than the client takes.
        public static let tooLarge = Code(description: "tooLarge")
        /// The proxy does not pass the request on: it refuses its user, or the way to the host.
        public static let proxy = Code(description: "proxy")
        /// Plain HTTP to a host where it is not allowed; nothing was sent.
        public static let refused = Code(description: "refused")
        /// The request cannot be sent as it is; nothing was sent.
        public static let invalidRequest = Code(description: "invalidRequest")
        /// Anything else.
        public static let other = Code(description: "other")
    }

    /// What went wrong.
    public let code: Code
    /// What it means for the work in hand.
    public let kind: ErrorKind
    /// Whether the server may have received the request, and acted on it.
    public let mayHaveBeenSent: Bool
    /// The host of the request's address, where it has one.
    public let host: String?
    /// libcurl's number of the error (`CURLcode`), where it comes from there.
    public let curlCode: Int?
    /// What more there is to say; no part of a request.
    let detail: String?

    init(
        _ code: Code, kind: ErrorKind, mayHaveBeenSent: Bool = false, host: String? = nil,
        curlCode: Int? = nil, detail: String? = nil
    ) {
        self.code = code
        self.kind = kind
        self.mayHaveBeenSent = mayHaveBeenSent
        self.host = host
        self.curlCode = curlCode
        self.detail = detail
    }

    /// The client's configuration is wrong; nothing was sent.
    package static func configuration(_ detail: String) -> HTTPError { .invalid(detail) }

    static func invalid(_ detail: String, host: String? = nil) -> HTTPError {
        HTTPError(.invalidRequest, kind: .fatal, host: host, detail: detail)
    }
}

extension HTTPError: CustomStringConvertible {
    /// One sentence for a log line: what happened, the host, libcurl's number.
    public var description: String {
        var text = sentence
        if let host { text += ", host \(host)" }
        if let detail { text += ": \(detail)" }
        if let curlCode { text += " (curl \(curlCode))" }
        return text
    }

    private var sentence: String {
        switch code {
        case .resolve: "the name was not resolved"
        case .connect: "no connection"
        case .tls: "no trusted connection"
        case .timeout: "the time limit passed"
        case .cancelled: "the request was cancelled"
        case .connectionLost: "the connection broke"
        case .tooLarge: "the answer is too large"
        case .proxy: "the proxy refused"
        case .refused: "plain HTTP is refused"
        case .invalidRequest: "the request cannot be sent"
        default: "the request failed"
        }
    }
}
