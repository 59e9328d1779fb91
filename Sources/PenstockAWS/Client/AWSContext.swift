package import Penstock
package import PenstockIO

/// What the providers of credentials have in common: variables and files, the network, the time.
///
/// One is made for a chain and all its providers, so that they share connections.
package struct AWSContext: Sendable {
    /// Variables and files.
    package var environment: AWSEnvironment
    /// Carries requests to AWS's services, through the proxy where one is set.
    package var services: any HTTPSending
    /// Carries requests to metadata servers and containers' agents, never through a proxy.
    package var metadata: any HTTPSending
    /// This moment.
    package var now: @Sendable () -> Timestamp = { SystemClock.now() }
    /// Waits between attempts; throws when the task is cancelled.
    package var sleep: @Sendable (Duration) async throws -> Void = { delay in
        try await (EventLoop.current ?? .shared).sleep(for: delay)
    }

    /// A context with these ways to the network.
    package init(
        environment: AWSEnvironment, services: any HTTPSending, metadata: any HTTPSending
    ) {
        self.environment = environment
        self.services = services
        self.metadata = metadata
    }

    /// A context that connects as the environment says, or as a program does.
    ///
    /// - Parameters:
    ///   - environment: Variables and files.
    ///   - http: How services are connected to; nil takes proxy and certificate authorities from
    ///     the environment. Metadata servers are always reached directly.
    package init(environment: AWSEnvironment, http: HTTPClientConfiguration? = nil) {
        var configuration = http ?? Self.configuration(environment)
        // Nothing that is asked for here is longer than a few kilobytes.
        configuration.maximumResponseBytes = 64 << 10
        var direct = HTTPClientConfiguration()
        direct.certificateAuthorities = configuration.certificateAuthorities
        direct.maximumResponseBytes = 64 << 10
        // Which hosts are asked without TLS is decided by each provider, more strictly.
        direct.allowsPlainHTTP = true
        self.init(
            environment: environment, services: HTTPClient(configuration: configuration),
            metadata: HTTPClient(configuration: direct))
    }

    private static func configuration(_ environment: AWSEnvironment) -> HTTPClientConfiguration {
        var http = HTTPClientConfiguration()
        // The standard endpoints are https; http is there where somebody wrote it.
        http.allowsPlainHTTP = true
        http.certificateAuthorities = environment["AWS_CA_BUNDLE"]
        _ = http.useProxy(fromEnvironment: environment.variables)
        return http
    }
}
