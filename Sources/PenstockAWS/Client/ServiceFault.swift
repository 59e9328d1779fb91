package import Penstock
package import PenstockIO

/// Why a service that gives credentials did not give any.
///
/// What the service says is shown, except for what the request held of secrets.
package struct ServiceFault: Error, Hashable, Sendable {
    /// What went wrong.
    package enum Reason: Hashable, Sendable {
        /// The service refused, in its own words: with its name of the error, where it gave one.
        case refused(code: String?, status: Int)
        /// There was no answer.
        case unreachable(HTTPError)
        /// The answer makes no sense.
        case malformed
        /// The request could not be signed.
        case unsigned(SigningError)
        /// The task was cancelled between two attempts.
        case cancelled
    }

    package let reason: Reason
    /// What it means for the work in hand.
    package let kind: ErrorKind
    /// What the service said, or what else there is to say.
    package let message: String?
    /// The request's name in AWS's logs.
    package let requestID: String?
    /// The moment that the service named.
    let date: Timestamp?

    init(
        _ reason: Reason, kind: ErrorKind, message: String? = nil, requestID: String? = nil,
        date: Timestamp? = nil
    ) {
        self.reason = reason
        self.kind = kind
        self.message = message
        self.requestID = requestID
        self.date = date
    }

    /// An answer of which nothing could be made; it may be another one later.
    static func malformed(_ message: String) -> ServiceFault {
        ServiceFault(.malformed, kind: .retriable, message: message)
    }

    /// The service's name of the error.
    package var code: String? {
        guard case .refused(let code, _) = reason else { return nil }
        return code
    }
}

extension ServiceFault {
    /// The most characters of a service's message that are shown.
    static let maximumMessageLength = 400

    /// The error of a provider, which begins with a clause that says what was wanted.
    ///
    /// An answer may repeat what the request held: the secrets in it are not shown.
    func credentialError(_ wanted: String, hiding secrets: [String?] = []) -> CredentialError {
        var text = Self.printable(description)
        for secret in secrets {
            guard let secret, !secret.isEmpty else { continue }
            text = text.replacing(Self.printable(secret), with: "[hidden]")
        }
        if text.count > Self.maximumMessageLength {
            text = text.prefix(Self.maximumMessageLength) + "..."
        }
        return CredentialError(credentialCode, "\(wanted): \(text)")
    }

    private var credentialCode: CredentialError.Code {
        switch (reason, kind) {
        case (_, .retriable), (_, .throttled): .unavailable
        case (.refused, _): .refused
        default: .unreadable
        }
    }

    /// One line, whatever was sent.
    private static func printable(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.lazy.map { scalar in
                    switch scalar.properties.generalCategory {
                    case .control, .lineSeparator, .paragraphSeparator, .format: " "
                    default: scalar
                    }
                }))
    }
}

extension ServiceFault: CustomStringConvertible {
    /// What happened; may hold what the service repeated of the request.
    package var description: String {
        var text = sentence
        if let message { text += ": \(message)" }
        if let requestID { text += " (request \(requestID))" }
        return text.last == "." ? text : text + "."
    }

    private var sentence: String {
        switch reason {
        case .refused(let code?, let status): "\(code), status \(status)"
        case .refused(nil, let status): "status \(status)"
        case .unreachable(let error): error.description
        case .malformed: "the answer makes no sense"
        case .unsigned(let error): error.description
        case .cancelled: "the wait was cancelled"
        }
    }
}
