import Penstock
import PenstockAWS
import PenstockIO
import Synchronization

/// The credentials of a sink, kept once for all its tasks.
///
/// Without it each task would run the same program, sign on at the same service and write the same
/// file, all at the same time.
final class SharedCredentials: Sendable {
    /// What of a sink's configuration decides where its credentials come from, and how.
    struct Source: Hashable {
        var strings: [String?]
        var secrets: [Secret?]
        var settings: [String: String]
    }

    private struct State {
        var source: Source?
        /// Weak: it ends with the last task, and its connections with it.
        weak var cache: CredentialCache?
    }

    private let state = Mutex(State())

    /// The cache of this source, which is made where no task has one, or only one of another source.
    ///
    /// - Parameters:
    ///   - source: What a sink says now: a copy of it may have been changed since.
    ///   - make: Makes the cache; nothing is asked for there.
    /// - Returns: The same cache for as long as somebody keeps it and the source stays the same.
    /// - Throws: What `make` throws; nothing is kept then.
    func cache(
        of source: Source, make: () throws(TaskError) -> CredentialCache
    ) throws(TaskError) -> CredentialCache {
        try state.withLock { state throws(TaskError) in
            if let cache = state.cache, state.source == source { return cache }
            let cache = try make()
            state = State(source: source, cache: cache)
            return cache
        }
    }
}

extension DynamoDBSink {
    /// The credentials that this sink's tasks share.
    ///
    /// - Parameters:
    ///   - http: How whatever gives credentials is connected to.
    ///   - environment: Variables and files.
    ///   - log: Where renewals that fail are logged.
    /// - Returns: The cache; one that a program shares between clients stays that one.
    /// - Throws: A fatal ``TaskError`` where a setting is wrong.
    func credentialCache(
        http: HTTPClientConfiguration, environment: AWSEnvironment, log: Log
    ) throws(TaskError) -> CredentialCache {
        try sharedCredentials.cache(of: credentialSource) { () throws(TaskError) in
            let provider = try provider(AWSContext(environment: environment, http: http))
            return provider as? CredentialCache ?? CredentialCache(provider, log: log)
        }
    }

    private var credentialSource: SharedCredentials.Source {
        SharedCredentials.Source(
            strings: [region, endpoint, proxyUser, credentialsClass],
            secrets: [accessKeyID, secretAccessKey, sessionToken, proxy, proxyPassword],
            settings: credentialsSettings)
    }
}
