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
    let http: HTTPClient
    let credentials: CredentialCache
    private let region: String?
    private let endpoint: String?
    private let environment: AWSEnvironment
    let retries: ClientRetries
    private let resolved = Mutex<AWSEndpoint?>(nil)

    /// Makes a client.
    ///
    /// - Parameters:
    ///   - region: The region; nil for the one of `AWS_REGION`, `AWS_DEFAULT_REGION` or the profile.
    ///   - credentials: Where credentials come from; nil for AWS's chain.
    ///   - endpoint: The address of another server, such as `http://localhost:8000`; nil for the one
    ///     of `AWS_ENDPOINT_URL_DYNAMODB`, `AWS_ENDPOINT_URL`, the profile, or the region's own.
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
            credentials ?? CredentialChain(profile: options.profile, environment: environment), log)
        retries = ClientRetries(options.retry)
        http = HTTPClient(configuration: Self.http(options, environment, log))
    }

    /// A cache that several clients share stays one.
    private static func cache(_ provider: any CredentialProvider, _ log: Log) -> CredentialCache {
        provider as? CredentialCache ?? CredentialCache(provider, log: log)
    }

    private static func http(
        _ options: DynamoDBOptions, _ environment: AWSEnvironment, _ log: Log
    ) -> HTTPClientConfiguration {
        if let http = options.http { return http }
        var http = HTTPClientConfiguration()
        // The standard endpoints are https; http is there where somebody wrote it.
        http.allowsPlainHTTP = true
        http.certificateAuthorities = environment["AWS_CA_BUNDLE"]
        if let useless = http.useProxy(fromEnvironment: environment.variables) {
            log.warning("A proxy's address cannot be used", ["variable": useless])
        }
        return http
    }
}

extension DynamoDB {
    /// Where requests go; looked up once.
    func target(for operation: String) throws(DynamoDBError) -> AWSEndpoint {
        if let target = resolved.withLock({ $0 }) { return target }
        do {
            let settings = try AWSSettings(environment, profile: options.profile)
            let region = try settings.region(explicit: region)
            let target = try settings.endpoint(
                of: .dynamoDB, region: region, explicit: endpoint)
            resolved.withLock { $0 = target }
            return target
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
