internal import PenstockIO
internal import Synchronization

/// Sends requests to AWS's services, connected to as code, variables and profile say.
///
/// Nothing is read before the first request. A configuration that is wrong is looked at again with
/// the next one: a file may have come meanwhile.
final class ServiceHTTP: HTTPSending {
    private let environment: AWSEnvironment
    private let profile: String?
    private let http: HTTPClientConfiguration?
    /// Whether certificate authorities that `http` does not name are those of the profile.
    private let fillsAuthorities: Bool
    private let client = Mutex<HTTPClient?>(nil)

    init(
        environment: AWSEnvironment, profile: String?, http: HTTPClientConfiguration?,
        fillsAuthorities: Bool = false
    ) {
        self.environment = environment
        self.profile = profile
        self.http = http
        self.fillsAuthorities = fillsAuthorities
    }

    /// The way that another profile names; this one where it is the same.
    func using(profile: String) -> ServiceHTTP {
        if profile == self.profile { return self }
        return ServiceHTTP(
            environment: environment, profile: profile, http: http, fillsAuthorities: true)
    }

    func send(
        _ request: HTTPRequest, timeout: Duration
    ) async throws(HTTPError) -> HTTPResponse {
        try await connected().send(request, timeout: timeout)
    }

    /// The client, made by the first call.
    func connected() throws(HTTPError) -> HTTPClient {
        if let client = client.withLock({ $0 }) { return client }
        let made: HTTPClient
        do {
            let settings = try AWSSettings(environment, profile: profile)
            var configuration = try settings.httpConfiguration(http)
            if fillsAuthorities, configuration.certificateAuthorities == nil {
                configuration.certificateAuthorities = try settings.certificateAuthorities()
            }
            // Nothing that is asked for here is longer than a few kilobytes.
            configuration.maximumResponseBytes = 64 << 10
            made = HTTPClient(configuration: configuration)
        } catch {
            throw .configuration(error.description)
        }
        return client.withLock { client in
            // Two first requests at once share one client all the same.
            if client == nil { client = made }
            return client ?? made
        }
    }
}
