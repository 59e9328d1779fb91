import Penstock
import PenstockAWS
import Synchronization
import Testing

@Suite("Keeping credentials")
struct CredentialCacheTests {
    /// Gives what it is told to, and counts.
    private final class Scripted: CredentialProvider {
        let answers: Mutex<[Result<Credentials, CredentialError>]>
        let count = Atomic(0)

        init(_ answers: [Result<Credentials, CredentialError>]) { self.answers = Mutex(answers) }

        func credentials() async throws(CredentialError) -> Credentials {
            count.add(1, ordering: .relaxed)
            return try answers.withLock { $0.removeFirst() }.get()
        }
    }

    private func key(_ name: String, until minutes: Int64? = nil) -> Credentials {
        Credentials(
            accessKeyID: name, secretAccessKey: "s",
            expiration: minutes.map { Timestamp(milliseconds: $0 * 60_000) })
    }

    private func minute(_ number: Int64) -> Timestamp { Timestamp(milliseconds: number * 60_000) }

    @Test("lasting credentials are asked for once, refused ones again")
    func lasting() async throws {
        let provider = Scripted([.success(key("a")), .success(key("b"))])
        let cache = CredentialCache(provider)
        #expect(cache.current(at: minute(0)) == nil)
        for number in 0..<3 {
            #expect(try await cache.credentials(at: minute(Int64(number))) == key("a"))
        }
        cache.invalidate(key("other"))
        #expect(cache.current(at: minute(0)) == key("a"))
        cache.invalidate(key("a"))
        #expect(try await cache.credentials(at: minute(4)) == key("b"))
        #expect(provider.count.load(ordering: .relaxed) == 2)
    }

    @Test("temporary credentials are renewed five minutes before their end")
    func renewal() async throws {
        let provider = Scripted([.success(key("a", until: 60)), .success(key("b", until: 120))])
        let cache = CredentialCache(provider)
        #expect(try await cache.credentials(at: minute(0)).accessKeyID == "a")
        #expect(try await cache.credentials(at: minute(54)).accessKeyID == "a")
        #expect(try await cache.credentials(at: minute(56)).accessKeyID == "b")
    }

    @Test("where renewing fails the old ones serve until their end")
    func outage() async throws {
        let failure = CredentialError(.unavailable, "away")
        let provider = Scripted([
            .success(key("a", until: 60)), .failure(failure), .failure(failure),
        ])
        let cache = CredentialCache(provider)
        _ = try await cache.credentials(at: minute(0))
        #expect(try await cache.credentials(at: minute(58)).accessKeyID == "a")
        await #expect(throws: failure) { try await cache.credentials(at: minute(60)) }
    }
}
