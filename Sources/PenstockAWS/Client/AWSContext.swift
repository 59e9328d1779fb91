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
    /// AWS's time, which every reply that refuses this machine's puts right for all.
    package var clock = ServiceClock()
    /// Waits between attempts; throws when the task is cancelled.
    package var sleep: @Sendable (Duration) async throws -> Void = { delay in
        try await (EventLoop.current ?? .shared).sleep(for: delay)
    }

    /// This moment, by AWS's clock.
    package func now() -> Timestamp { clock.now }

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
    ///   - profile: The profile of the shared files that may name certificate authorities; nil for
    ///     `AWS_PROFILE`, or `default`.
    ///   - http: How services are connected to; nil takes proxy and certificate authorities from
    ///     the environment, when the first request is sent. Metadata servers are always reached
    ///     directly.
    package init(
        environment: AWSEnvironment, profile: String? = nil, http: HTTPClientConfiguration? = nil
    ) {
        var direct = HTTPClientConfiguration()
        direct.certificateAuthorities =
            http?.certificateAuthorities ?? environment["AWS_CA_BUNDLE"]
        // Nothing that is asked for there is longer than a few kilobytes.
        direct.maximumResponseBytes = 64 << 10
        // Which hosts are asked without TLS is decided by each provider, more strictly.
        direct.allowsPlainHTTP = true
        self.init(
            environment: environment,
            services: ServiceHTTP(environment: environment, profile: profile, http: http),
            metadata: HTTPClient(configuration: direct))
    }
}

extension AWSContext {
    /// The same with the way to services that a profile of the shared files names.
    ///
    /// A profile that somebody named decides on certificate authorities and endpoints; that of
    /// `AWS_PROFILE` is then not even read.
    func using(profile: String?) -> AWSContext {
        guard let profile, let http = services as? ServiceHTTP else { return self }
        var context = self
        context.services = http.using(profile: profile)
        return context
    }
}
