public import Penstock
public import PenstockAWS
internal import PenstockIO
internal import Synchronization

/// A client of Amazon DynamoDB.
///
/// ```swift
/// let dynamo = DynamoDB(region: "eu-west-1")
/// let orders = dynamo.table("orders", of: Order.self)
/// try await orders.put(order)
/// ```
///
/// Making one does nothing yet: region, endpoint and credentials are looked up with the first
/// request. It runs on the event loop of its caller, or on a shared one. Errors that heal by
/// themselves, and throttling, are tried again as AWS's own clients do it; cancelling the task ends
/// the wait at once.
public final class DynamoDB: Sendable {
    let options: DynamoDBOptions
    let log: Log
    let credentials: CredentialCache
    private let region: String?
    private let endpoint: String?
    private let environment: AWSEnvironment
    let retries: ClientRetries
    private let connected = Mutex<Connection?>(nil)

    /// Makes a client.
    ///
    /// - Parameters:
    ///   - region: The region; nil for the one of `AWS_REGION`, `AWS_DEFAULT_REGION` or the profile.
    ///   - credentials: Where credentials come from; nil for AWS's chain.
    ///   - endpoint: The address of another server, such as `http://localhost:8000`; nil for the one
    ///     of `AWS_ENDPOINT_URL_DYNAMODB`, `AWS_ENDPOINT_URL`, the profile, or the region's own.
    ///     The account's own host is used only where `AWS_ACCOUNT_ID_ENDPOINT_MODE` or
    ///     `account_id_endpoint_mode` of the profile ask for it.
    ///   - options: How it behaves.
    ///   - environment: Variables and files; this process's and machine's by default.
    ///   - log: Where it says what an operator should know.
    public init(
        region: String? = nil, credentials: (any CredentialProvider)? = nil,
        endpoint: String? = nil, options: DynamoDBOptions = .init(),
        environment: AWSEnvironment = .process, log: Log = .disabled
    ) {
        self.region = region
        self.endpoint = endpoint
        self.options = options
        self.environment = environment
        self.log = log
        self.credentials = Self.cache(
            credentials
                ?? CredentialChain(
                    profile: options.profile, environment: environment, http: options.http), log)
        retries = ClientRetries(options.retry)
    }

    /// A cache that several clients share stays one.
    private static func cache(_ provider: any CredentialProvider, _ log: Log) -> CredentialCache {
        provider as? CredentialCache ?? CredentialCache(provider, log: log)
    }
}

extension DynamoDB {
    /// How requests travel, and where to; looked up once.
    func connection(for operation: String) throws(DynamoDBError) -> Connection {
        if let connection = connected.withLock({ $0 }) { return connection }
        do {
            let made = try Connection(
                AWSSettings(environment, profile: options.profile), region: region,
                endpoint: endpoint, http: options.http)
            return keep(made)
        } catch {
            throw DynamoDBError(.configuration, operation: operation, cause: error)
        }
    }

    /// Keeps the first connection that was made, and says what an operator should know of it.
    private func keep(_ made: Connection) -> Connection {
        let (kept, isFirst) = connected.withLock { connected in
            if let connected { return (connected, false) }
            connected = made
            return (made, true)
        }
        if isFirst, !made.plainHTTPHosts.isEmpty {
            log.warning(
                "Requests are signed and sent over plain HTTP",
                ["hosts": made.plainHTTPHosts.joined(separator: ", ")])
        }
        return kept
    }

    /// Where a request goes that these credentials sign.
    func target(
        for operation: String, on connection: Connection, with credentials: Credentials,
        resource: String? = nil
    ) throws(DynamoDBError) -> AWSEndpoint {
        do {
            return try connection.target(account: credentials.accountID, resource: resource)
        } catch {
            throw DynamoDBError(.configuration, operation: operation, cause: error)
        }
    }

    /// This moment by AWS's clock.
    func now() -> Timestamp { credentials.clock.now }

    /// The credentials to sign with, at once.
    func signingCredentials(
        for operation: String
    ) async throws(DynamoDBError) -> Credentials {
        if let current = credentials.current() { return current }
        do {
            return try await credentials.credentials()
        } catch {
            if Task.isCancelled { throw DynamoDBError(.cancelled, operation: operation) }
            var failure = DynamoDBError(
                .credentials, operation: operation, cause: error, kind: error.kind)
            // Before that the provider is not asked again.
            failure.retryAfter = credentials.retryDelay
            throw failure
        }
    }

    /// Takes over AWS's clock where a signature was refused and the clocks differ by minutes.
    ///
    /// - Returns: Whether a new signature may fare better.
    func adoptClock(after error: DynamoDBError, signedAt: Timestamp, date: String?) -> Bool {
        guard error.code.isAboutTime, let date, let theirs = Timestamp(httpDate: date) else {
            return false
        }
        switch credentials.clock.compare(signedAt: signedAt, with: theirs) {
        case .right: return false
        case .rightByNow: return true
        case .putRight(let skew):
            log.warning("This machine's clock differs from AWS's", ["seconds": skew / 1000])
            return true
        }
    }

    /// How requests are tried again; what the program does not say is looked up once.
    func retryOptions(for operation: String) throws(DynamoDBError) -> RetryOptions {
        do {
            return try retries.options(
                { () throws(AWSConfigurationError) in
                    try AWSSettings(environment, profile: options.profile)
                }, log: log)
        } catch {
            throw DynamoDBError(.configuration, operation: operation, cause: error)
        }
    }
}
