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
    private let listener: Int32
    private let behaviour: Mutex<Behaviour>
    private let forms = Mutex<[(head: String, form: String)]>([])

    /// How often it was asked.
    package var requestCount: Int { forms.withLock { $0.count } }
    /// What it was asked last.
    package var lastRequest: (head: String, form: String)? { forms.withLock { $0.last } }

    /// Starts it on a free port.
    package init(_ behaviour: Behaviour = .tokens(seconds: 60)) throws {
        self.behaviour = Mutex(behaviour)
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let isListening = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && listen(listener, 64) == 0
                    && getsockname(listener, $0, &length) == 0
            }
        }
        guard isListening else { throw POSIXError(.EADDRNOTAVAIL) }
        endpoint = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))/token"
        Thread.detachNewThread { [self] in
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { break }
                Thread.detachNewThread {
                    self.serve(connection)
                    close(connection)
                }
            }
            // On the thread that accepts: the number could belong to another server by then.
            close(listener)
        }
    }

    /// Does something else from now on.
    package func change(to behaviour: Behaviour) { self.behaviour.withLock { $0 = behaviour } }

    /// Takes no more connections.
    package func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

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

    private func serve(_ connection: Int32) {
        guard let request = read(connection) else { return }
        forms.withLock { $0.append(request) }
        switch behaviour.withLock({ $0 }) {
        case .tokens(let seconds):
            let token = Self.token(seconds: seconds)
            send(
                200,
                #"{"access_token":"\#(token)","token_type":"bearer","expires_in":\#(seconds)}"#,
                connection)
        case .answer(let status, let body): send(status, body, connection)
        case .silence:
            var byte: UInt8 = 0
            _ = recv(connection, &byte, 1, 0)
        case .cut:
            let bytes = Array("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"access".utf8)
            _ = Foundation.write(connection, bytes, bytes.count)
        }
    }

    private func send(_ status: Int, _ body: String, _ connection: Int32) {
        let head =
            "HTTP/1.1 \(status) X\r\nContent-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n"
        let bytes = Array((head + body).utf8)
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Foundation.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            sent += count
        }
    }

    private func read(_ connection: Int32) -> (head: String, form: String)? {
        var text = ""
        var chunk = [UInt8](repeating: 0, count: 8192)
        while true {
            let count = recv(connection, &chunk, chunk.count, 0)
            guard count > 0 else { return nil }
            text += String(decoding: chunk[..<count], as: UTF8.self)
            guard let end = text.range(of: "\r\n\r\n") else { continue }
            let head = String(text[..<end.lowerBound])
            let form = String(text[end.upperBound...])
            let length =
                head.lowercased().split(separator: "\r\n")
                .first { $0.hasPrefix("content-length:") }
                .flatMap { Int($0.dropFirst(15).trimmingCharacters(in: .whitespaces)) } ?? 0
            if form.utf8.count >= length { return (head, form) }
        }
    }
}
