import Foundation
import Penstock
import PenstockIO
import Testing

@testable import PenstockAWS

/// One folder of AWS's signing test suite.
struct SigningCase: CustomTestStringConvertible, Sendable {
    let folder: URL
    let signer: SigV4
    let credentials: Credentials
    let moment = Timestamp(milliseconds: 1_440_938_160_000)
    let lifetime: Duration
    let request: HTTPRequest

    var testDescription: String { folder.lastPathComponent }

    /// The context file of a case.
    private struct Context: Decodable {
        struct Credentials: Decodable {
            var access_key_id: String
            var secret_access_key: String
            var token: String?
        }
        var credentials: Credentials
        var expiration_in_seconds: Int
        var normalize: Bool
        var region: String
        var service: String
        var sign_body: Bool
        var timestamp: String
        var omit_session_token: Bool?
    }

    static func all() throws -> [SigningCase] {
        let root = try TestCases.url("sigv4")
        return try FileManager.default.contentsOfDirectory(
            at: root, includingPropertiesForKeys: nil
        )
        .filter { $0.hasDirectoryPath }
        .sorted { $0.path < $1.path }
        .map(SigningCase.init)
    }

    init(folder: URL) throws {
        self.folder = folder
        let context = try JSONDecoder().decode(
            Context.self, from: Data(contentsOf: folder.appending(path: "context.json")))
        guard context.timestamp == "2015-08-30T12:36:00Z" else { throw TestCases.Unexpected() }
        var signer = SigV4(region: context.region, service: context.service)
        signer.normalizesPath = context.normalize
        signer.sendsPayloadHash = context.sign_body
        signer.signsSessionToken = context.omit_session_token != true
        self.signer = signer
        credentials = Credentials(
            accessKeyID: context.credentials.access_key_id,
            secretAccessKey: context.credentials.secret_access_key,
            sessionToken: context.credentials.token)
        lifetime = .seconds(context.expiration_in_seconds)
        request = try Self.parse(folder.appending(path: "request.txt"))
    }

    /// A file of the folder, without the line end that some have at their end.
    func text(_ name: String) throws -> String {
        let text = try String(contentsOf: folder.appending(path: "\(name).txt"), encoding: .utf8)
        return text.hasSuffix("\n") ? String(text.dropLast()) : text
    }

    func request(in name: String) throws -> HTTPRequest {
        try Self.parse(folder.appending(path: "\(name).txt"))
    }

    /// Reads an HTTP message: request line, headers, an empty line, the body.
    private static func parse(_ file: URL) throws -> HTTPRequest {
        let text = try String(contentsOf: file, encoding: .utf8)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let end = lines.firstIndex(of: "") ?? lines.endIndex
        let requestLine = lines[0]
        let method = requestLine.prefix { $0 != " " }
        let target = requestLine.dropFirst(method.count + 1).dropLast(" HTTP/1.1".count)
        var request = HTTPRequest(
            method: String(method), url: "https://example.amazonaws.com\(target)")
        for line in lines[1..<end] {
            if line.first == " " {
                request.headers[request.headers.count - 1].value += "\n\(line)"
            } else {
                let name = line.prefix { $0 != ":" }
                request.headers.append(
                    HTTPHeader(String(name), String(line.dropFirst(name.count + 1))))
            }
        }
        if end < lines.endIndex {
            request.body = Array(lines[(end + 1)...].joined(separator: "\n").utf8)
        }
        return request
    }

    static func target(_ request: HTTPRequest) -> String { "\(request.method) \(request.url)" }

    static func matches(_ left: HTTPRequest, _ right: HTTPRequest) -> Bool {
        target(left) == target(right) && left.headers == right.headers && left.body == right.body
    }
}
