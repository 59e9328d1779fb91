import Synchronization
import TestServers

/// A token service that gives one answer to whoever asks for a role.
final class TestSTS: Sendable {
    private final class Calls: Sendable {
        let bodies = Mutex<[String]>([])
    }

    private let server: LoopbackServer
    private let calls: Calls

    var port: Int { server.port }
    /// The bodies of the requests that were signed.
    var bodies: [String] { calls.bodies.withLock { $0 } }

    init() throws {
        let calls = Calls()
        self.calls = calls
        server = try LoopbackServer { connection in
            var buffer: [UInt8] = []
            while let request = HTTPMessage(from: connection, &buffer) {
                if request["authorization"]?.hasPrefix("AWS4-HMAC-SHA256 ") == true {
                    calls.bodies.withLock { $0.append(request.text) }
                }
                connection.send(
                    "HTTP/1.1 200 OK\r\nContent-Length: \(Self.answer.utf8.count)\r\n\r\n"
                        + Self.answer)
            }
        }
    }

    func stop() { server.stop() }

    private static let answer = """
        <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
          <AssumeRoleResult>
            <Credentials>
              <AccessKeyId>ASIAEXAMPLE</AccessKeyId>
              <SecretAccessKey>secret-of-the-role</SecretAccessKey>
              <SessionToken>token-of-the-role</SessionToken>
              <Expiration>2099-11-09T13:34:41Z</Expiration>
            </Credentials>
          </AssumeRoleResult>
          <ResponseMetadata><RequestId>c6104cbe</RequestId></ResponseMetadata>
        </AssumeRoleResponse>
        """
}
