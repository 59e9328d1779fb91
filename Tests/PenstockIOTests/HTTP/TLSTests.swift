import Penstock
import Testing

@testable import PenstockIO

@Suite struct `TLS` {
    @Test func `accepts a certificate of the authority that was named`() async throws {
        try await withTLSServer(certificate: "right") { server in
            let client = client(authority: server.authority)
            let answer = try await client.send(
                HTTPRequest(url: server.url), timeout: .seconds(30))
            #expect(answer.status == 200)
            #expect(String(decoding: answer.body, as: UTF8.self).contains("TLSv1.3"))
        }
    }

    @Test(arguments: ["right", "selfSigned"])
    func `refuses a certificate of an unknown authority`(certificate: String) async throws {
        try await withTLSServer(certificate: certificate) { server in
            expectRefusal(await failure(server.url))
            guard certificate == "selfSigned" else { return }
            expectRefusal(
                await failure(server.url, client: client(authority: server.authority)))
        }
    }

    @Test(arguments: ["wrongHost", "expired"])
    func `refuses a certificate for another host, or of another time`(
        certificate: String
    ) async throws {
        try await withTLSServer(certificate: certificate) { server in
            expectRefusal(
                await failure(server.url, client: client(authority: server.authority)))
        }
    }

    @Test func `allowing plain HTTP relaxes nothing`() async throws {
        try await withTLSServer(certificate: "selfSigned") { server in
            var configuration = HTTPClientConfiguration()
            configuration.allowsPlainHTTP = true
            expectRefusal(
                await failure(server.url, client: HTTPClient(configuration: configuration)))
        }
    }

    @Test func `names a missing file of authorities`() async throws {
        try await withTLSServer(certificate: "right") { server in
            let error = await failure(server.url, client: client(authority: "/does/not/exist.pem"))
            #expect(error?.code == .tls)
            #expect(error?.kind == .fatal)
            #expect(error?.curlCode == 77)
        }
    }

    @Test func `a server that speaks no TLS is a failed handshake`() async throws {
        try await withServer { _ in
            .close
        } _: { server in
            let error = await failure("https://127.0.0.1:\(server.port)/")
            #expect(error?.code == .tls)
            #expect(error?.mayHaveBeenSent == false)
        }
    }

    private func expectRefusal(
        _ error: HTTPError?, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(error?.code == .tls, sourceLocation: sourceLocation)
        #expect(error?.kind == .fatal, sourceLocation: sourceLocation)
        #expect(error?.mayHaveBeenSent == false, sourceLocation: sourceLocation)
        #expect(error?.curlCode == 60, sourceLocation: sourceLocation)
    }

    private func client(authority: String) -> HTTPClient {
        var configuration = HTTPClientConfiguration()
        configuration.certificateAuthorities = authority
        return HTTPClient(configuration: configuration)
    }
}
