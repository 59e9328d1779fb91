import Foundation
import Synchronization

/// A token endpoint on loopback: gives unsigned tokens for a client's name and secret, or does as
/// it was told.
///
/// The test broker takes such tokens.
package final class IdentityProvider: Sendable {
    /// What it does with a request.
    package enum Behaviour: Sendable {
        /// Gives a token of so many seconds.
        case tokens(seconds: Int)
        case answer(status: Int, body: String)
        /// Takes the connection and says nothing.
        case silence
        /// Ends the connection in the middle of the answer.
        case cut
    }

    /// Its address, for `sasl.oauthbearer.token.endpoint.url`.
    package let endpoint: String
    private let server: LoopbackServer
    private let desk: Desk

    /// How often it was asked.
    package var requestCount: Int { desk.forms.withLock { $0.count } }
    /// What it was asked last.
    package var lastRequest: (head: String, form: String)? { desk.forms.withLock { $0.last } }

    /// Starts it on a free port.
    package init(_ behaviour: Behaviour = .tokens(seconds: 60)) throws {
        let desk = Desk(behaviour)
        self.desk = desk
        server = try LoopbackServer { desk.serve($0) }
        endpoint = "http://127.0.0.1:\(server.port)/token"
    }

    /// Does something else from now on.
    package func change(to behaviour: Behaviour) { desk.behaviour.withLock { $0 = behaviour } }

    /// Ends the server and its connections.
    package func stop() { server.stop() }

    /// The token that a broker without signatures takes.
    package static func token(seconds: Int, subject: String = "penstock") -> String {
        func part(_ json: String) -> String {
            Data(json.utf8).base64EncodedString().replacingOccurrences(of: "=", with: "")
                .replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
        }
        let now = Int(Date().timeIntervalSince1970)
        return part(#"{"alg":"none"}"#) + "."
            + part(#"{"sub":"\#(subject)","iat":\#(now),"exp":\#(now + seconds)}"#) + "."
    }

    /// What the server's threads share with its owner.
    private final class Desk: Sendable {
        let behaviour: Mutex<Behaviour>
        let forms = Mutex<[(head: String, form: String)]>([])

        init(_ behaviour: Behaviour) { self.behaviour = Mutex(behaviour) }

        func serve(_ connection: LoopbackConnection) {
            var buffer: [UInt8] = []
            guard let request = HTTPMessage(from: connection, &buffer) else { return }
            forms.withLock { $0.append((request.head, request.text)) }
            switch behaviour.withLock({ $0 }) {
            case .tokens(let seconds):
                let token = IdentityProvider.token(seconds: seconds)
                answer(
                    200,
                    #"{"access_token":"\#(token)","token_type":"bearer","expires_in":\#(seconds)}"#,
                    connection)
            case .answer(let status, let body): answer(status, body, connection)
            case .silence: connection.waitForEnd()
            case .cut:
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"access")
            }
        }

        private func answer(_ status: Int, _ body: String, _ connection: LoopbackConnection) {
            connection.send(
                "HTTP/1.1 \(status) X\r\nContent-Length: \(body.utf8.count)\r\n"
                    + "Connection: close\r\n\r\n" + body)
        }
    }
}
