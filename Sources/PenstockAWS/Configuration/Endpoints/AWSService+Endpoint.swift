extension AWSService {
    /// Where the service is reached: what AWS's published rule set says, as a function of its
    /// inputs alone.
    ///
    /// - Throws: ``AWSConfigurationError``: `missingRegion`, `invalidEndpoint` or
    ///   `conflictingEndpoint`.
    package func endpoint(
        _ parameters: EndpointParameters
    ) throws(AWSConfigurationError) -> AWSEndpoint {
        if let configured = parameters.configured {
            return try configuredEndpoint(configured, parameters)
        }
        guard let region = parameters.region else {
            throw AWSConfigurationError(.missingRegion, "No AWS region is set.")
        }
        if hasLocalServer, region == "local" { return try localEndpoint(parameters) }
        if self == .sts, let global = Self.globalSTS(region, parameters) { return global }
        let partition = AWSPartition.of(region: region)
        if self == .dynamoDB,
            let account = try AccountEndpoint.account(parameters, region, partition)
        {
            let suffix =
                parameters.usesDualStack ? partition.dualStackSuffix : partition.dnsSuffix
            let name = parameters.isSearch ? "search-ddb" : "ddb"
            return AWSEndpoint(
                url: "https://\(account).\(name).\(region).\(suffix)", signingRegion: region)
        }
        let host = standardHost(region, parameters, partition)
        return AWSEndpoint(url: "https://" + host, signingRegion: region)
    }

    private func standardHost(
        _ region: String, _ parameters: EndpointParameters, _ partition: AWSPartition
    ) -> String {
        var prefix = (parameters.isSearch ? "search-" : "") + hostPrefix
        // Only the three oldest partitions have dual stack hosts of another form.
        let oldest: [AWSPartition] = [.aws, .govCloud, .china]
        if parameters.usesDualStack, let dualStackPrefix, oldest.contains(partition) {
            prefix = dualStackPrefix
        }
        let isPlainFIPS =
            isFIPSInGovCloud && partition == .govCloud && !parameters.usesDualStack
        if parameters.usesFIPS, !isPlainFIPS { prefix += "-fips" }
        let suffix = parameters.usesDualStack ? partition.dualStackSuffix : partition.dnsSuffix
        return "\(prefix).\(region).\(suffix)"
    }

    /// DynamoDB Local's own region.
    private func localEndpoint(
        _ parameters: EndpointParameters
    ) throws(AWSConfigurationError) -> AWSEndpoint {
        try Self.refuseVariants(parameters, of: "the region \"local\"")
        return AWSEndpoint(url: "http://localhost:8000", signingRegion: "us-east-1")
    }

    private static func globalSTS(
        _ region: String, _ parameters: EndpointParameters
    ) -> AWSEndpoint? {
        guard !parameters.usesFIPS, !parameters.usesDualStack,
            region == "aws-global" || parameters.usesGlobalSTS && globalSTSRegions.contains(region)
        else { return nil }
        return AWSEndpoint(url: "https://sts.amazonaws.com", signingRegion: "us-east-1")
    }

    /// The regions whose requests went to the global host before STS had regional ones.
    private static let globalSTSRegions: Set<String> = [
        "ap-northeast-1", "ap-south-1", "ap-southeast-1", "ap-southeast-2", "ca-central-1",
        "eu-central-1", "eu-north-1", "eu-west-1", "eu-west-2", "eu-west-3", "sa-east-1",
        "us-east-1", "us-east-2", "us-west-1", "us-west-2",
    ]
}

// MARK: Endpoints that somebody named

extension AWSService {
    private func configuredEndpoint(
        _ configured: String, _ parameters: EndpointParameters
    ) throws(AWSConfigurationError) -> AWSEndpoint {
        try Self.refuseVariants(parameters, of: "a configured endpoint")
        let url = try Self.checked(configured)
        let region = parameters.region
        if self == .dynamoDB, let region, let target = try? RequestTarget(url) {
            let standard = "dynamodb.\(region).\(AWSPartition.of(region: region).dualStackSuffix)"
            guard ![standard, "search-" + standard].contains(target.authority) else {
                throw AWSConfigurationError(
                    .conflictingEndpoint,
                    "A dual stack host is not named as an endpoint: AWS_USE_DUALSTACK_ENDPOINT or "
                        + "use_dualstack_endpoint of the profile ask for it.")
            }
        }
        // DynamoDB Local takes any region, and a signature needs one.
        let isPlace = region != nil && region != "local"
        return AWSEndpoint(url: url, signingRegion: isPlace ? region ?? "" : "us-east-1")
    }

    private static func refuseVariants(
        _ parameters: EndpointParameters, of place: String
    ) throws(AWSConfigurationError) {
        let variant =
            parameters.usesFIPS ? "FIPS" : parameters.usesDualStack ? "Dual stack" : nil
        guard let variant else { return }
        throw AWSConfigurationError(
            .conflictingEndpoint, "\(variant) is asked for, and \(place) has no such host.")
    }

    /// An address without a slash at its end, query and fragment.
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
}
