import Penstock
import PenstockAWS
import PenstockDynamoDB
import PenstockIO

extension DynamoDBSink {
    /// The region that Confluent's sink takes where nobody names one.
    private static let defaultRegion = "us-east-1"

    /// Makes the client that a task writes through: one attempt a request, the task retries itself.
    ///
    /// - Parameters:
    ///   - http: How AWS is connected to.
    ///   - credentials: The credentials.
    ///   - environment: Variables and files.
    ///   - log: Where the client logs.
    /// - Returns: The client.
    /// - Throws: A fatal ``TaskError`` where a setting is wrong.
    func makeClient(
        http: HTTPClientConfiguration, credentials: CredentialCache,
        environment: AWSEnvironment, log: Log
    ) throws(TaskError) -> DynamoDB {
        var options = DynamoDBOptions()
        options.retry = .singleAttempt
        options.http = http
        return DynamoDB(
            region: try findRegion(environment), credentials: credentials, endpoint: endpoint,
            options: options,
            environment: environment, log: log)
    }

    func findRegion(_ environment: AWSEnvironment) throws(TaskError) -> String {
        do {
            return try AWSSettings(environment).region(explicit: region)
        } catch {
            if error.code == .missingRegion { return Self.defaultRegion }
            throw .fatal("The AWS region cannot be told", cause: error)
        }
    }

    /// How DynamoDB and whatever gives credentials are connected to.
    ///
    /// - Parameters:
    ///   - requests: The most requests in flight.
    ///   - environment: Variables and files.
    /// - Returns: The configuration, with the sink's own proxy before that of the environment.
    /// - Throws: A fatal ``TaskError`` where a setting is wrong.
    func makeHTTP(
        requests: Int, environment: AWSEnvironment
    ) throws(TaskError) -> HTTPClientConfiguration {
        let proxy = try findProxy()
        do {
            var http = try AWSSettings(environment)
                .httpConfiguration(proxy: proxy, endpoint: endpoint)
            http.connectionsPerHost = requests
            return http
        } catch {
            throw .fatal("The way to AWS cannot be told", cause: error)
        }
    }

    private func findProxy() throws(TaskError) -> HTTPProxy? {
        guard let proxy else { return nil }
        guard var parsed = HTTPProxy(parsing: proxy.revealed) else {
            throw .fatal("aws.dynamodb.proxy.url is not the address of an HTTP proxy")
        }
        parsed.user = proxyUser ?? parsed.user
        parsed.password = proxyPassword?.revealed ?? parsed.password
        return parsed
    }
}
