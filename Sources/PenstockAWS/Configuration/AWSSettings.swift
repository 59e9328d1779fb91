/// Region and endpoint, out of code, environment and profile, in this order.
package struct AWSSettings: Sendable {
    let environment: AWSEnvironment
    let profile: AWSProfile

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

    /// Where a service is reached: the configured endpoint, or the region's own.
    package func endpoint(
        of service: AWSService, region: String, explicit: String? = nil
    ) throws(AWSConfigurationError) -> AWSEndpoint {
        try service.endpoint(parameters(of: service, region: region, explicit: explicit))
    }

    private static func isHostCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D: true
        default: false
        }
    }
}
