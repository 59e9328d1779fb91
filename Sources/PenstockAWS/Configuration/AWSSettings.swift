/// Region and endpoint, out of code, environment and profile, in this order.
package struct AWSSettings: Sendable {
    private let environment: AWSEnvironment
    private let profile: AWSProfile

    /// Reads the shared files once.
    package init(
        _ environment: AWSEnvironment, profile: String? = nil
    ) throws(AWSConfigurationError) {
        self.environment = environment
        self.profile = try AWSProfile(environment, name: profile)
    }

    /// The region; `explicit` goes first.
    package func region(explicit: String? = nil) throws(AWSConfigurationError) -> String {
        let region =
            explicit ?? environment["AWS_REGION"] ?? environment["AWS_DEFAULT_REGION"]
            ?? profile["region"]
        guard let region else {
            throw AWSConfigurationError(
                .missingRegion,
                "No AWS region is set: neither in the configuration nor by AWS_REGION, "
                    + "AWS_DEFAULT_REGION or the profile \"\(profile.name)\".")
        }
        // It becomes part of a host's name.
        guard 1...63 ~= region.utf8.count, region.utf8.allSatisfy(Self.isHostCharacter) else {
            throw AWSConfigurationError(
                .invalidRegion, "The AWS region is not made of letters, digits and hyphens.")
        }
        return region
    }

    /// Where a service is reached: the configured endpoint, or the region's standard one.
    package func endpoint(
        of service: AWSService, region: String, explicit: String? = nil
    ) throws(AWSConfigurationError) -> AWSEndpoint {
        let signingRegion = region == "local" ? "us-east-1" : region
        if let configured = explicit ?? configuredEndpoint(of: service) {
            return AWSEndpoint(url: try Self.checked(configured), signingRegion: signingRegion)
        }
        // DynamoDB Local's own region.
        guard region != "local" else {
            return AWSEndpoint(url: "http://localhost:8000", signingRegion: signingRegion)
        }
        let suffix = AWSPartition.of(region: region).dnsSuffix
        return AWSEndpoint(
            url: "https://\(service.hostPrefix).\(region).\(suffix)", signingRegion: signingRegion)
    }

    /// The endpoint that variables or profile name, unless they say to ignore all of them.
    func configuredEndpoint(of service: AWSService) -> String? {
        let ignored =
            environment["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"]
            ?? profile["ignore_configured_endpoint_urls"]
        guard ignored?.lowercased() != "true" else { return nil }
        return environment["AWS_ENDPOINT_URL_\(service.variable)"]
            ?? environment["AWS_ENDPOINT_URL"]
            ?? profile.endpoint(ofService: service.profileName) ?? profile["endpoint_url"]
    }

    private static func checked(_ url: String) throws(AWSConfigurationError) -> String {
        var url = url
        if url.hasSuffix("/") { url.removeLast() }
        let hasScheme = url.hasPrefix("https://") || url.hasPrefix("http://")
        let isPlain = url.utf8.allSatisfy { 0x21...0x7E ~= $0 && $0 != 0x3F && $0 != 0x23 }
        guard hasScheme, isPlain, !url.hasSuffix("/"), (try? RequestTarget(url)) != nil else {
            throw AWSConfigurationError(
                .invalidEndpoint, "The AWS endpoint is not an http or https address of a host.")
        }
        return url
    }

    private static func isHostCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D: true
        default: false
        }
    }
}
