import Glibc
import Testing

@Suite struct ServersTests {
    @Test(.needsKafka) func `the broker of the environment answers`() throws {
        #expect(answers(try #require(Servers.kafkaBootstrap)))
    }

    @Test(.needsApacheKafka) func `the Apache Kafka of the environment answers`() throws {
        #expect(answers(try #require(Servers.kafkaBootstrap)))
    }

    @Test(.needsDynamoDB) func `the DynamoDB endpoint of the environment answers`() throws {
        #expect(answers(address(of: try #require(Servers.dynamoDBEndpoint))))
    }

    @Test(.needsDynamoDBAuth) func `the endpoint that checks signatures answers`() throws {
        #expect(answers(address(of: try #require(Servers.dynamoDBAuthEndpoint))))
    }

    @Test(.needsPython, .needsNewerLibrdkafka)
    func `what the environment says of files is there`() throws {
        #expect(access(try #require(Servers.python), X_OK) == 0)
        let folder = try #require(Servers.newerLibrdkafka)
        #expect(access(folder + "/librdkafka.so.1", R_OK) == 0)
    }

    /// `http://host:port` without its scheme.
    private func address(of endpoint: String) -> String {
        String(endpoint.drop { $0 != "/" }.drop { $0 == "/" })
    }

    /// Whether a TCP connection to `host:port` comes about.
    private func answers(_ address: String) -> Bool {
        let parts = address.split(separator: ":")
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        guard parts.count == 2,
            getaddrinfo(String(parts[0]), String(parts[1]), &hints, &found) == 0,
            let first = found
        else { return false }
        defer { freeaddrinfo(found) }
        let descriptor = socket(
            first.pointee.ai_family,
            first.pointee.ai_socktype | Int32(SOCK_CLOEXEC.rawValue), 0)
        defer { close(descriptor) }
        return connect(descriptor, first.pointee.ai_addr, first.pointee.ai_addrlen) == 0
    }
}
