extension AWSSettings {
    /// What code, variables and profile say of a service's endpoint; credentials and resources are
    /// left to the caller.
    ///
    /// Hosts of the account's own are used only where `AWS_ACCOUNT_ID_ENDPOINT_MODE` or
    /// `account_id_endpoint_mode` of the profile ask for them. AWS's own clients prefer them by
    /// default, which has cut off programs in networks that allow hosts by name.
    package func parameters(
        of service: AWSService, region: String, explicit: String? = nil
    ) throws(AWSConfigurationError) -> EndpointParameters {
        var parameters = EndpointParameters(region: region)
        parameters.configured = explicit
        if explicit == nil { parameters.configured = try configuredEndpoint(of: service) }
        parameters.usesFIPS =
            try flag("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint") ?? false
        parameters.usesDualStack =
            try flag("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint") ?? false
        if service == .dynamoDB { parameters.accountMode = try accountMode() }
        if service == .sts { parameters.usesGlobalSTS = try usesGlobalSTS() }
        return parameters
    }

    /// The endpoint that variables or profile name, unless they say to ignore all of them.
    func configuredEndpoint(of service: AWSService) throws(AWSConfigurationError) -> String? {
        let isIgnored = try flag(
            "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls")
        if isIgnored == true { return nil }
        return environment["AWS_ENDPOINT_URL_\(service.variable)"]
            ?? environment["AWS_ENDPOINT_URL"]
            ?? profile.endpoint(ofService: service.profileName) ?? profile["endpoint_url"]
    }

    private func accountMode() throws(AWSConfigurationError) -> AccountEndpointMode {
        let setting = setting("AWS_ACCOUNT_ID_ENDPOINT_MODE", "account_id_endpoint_mode")
        guard let setting else { return .disabled }
        guard let mode = AccountEndpointMode(rawValue: setting.value.lowercased()) else {
            throw setting.isNot("preferred, disabled or required")
        }
        return mode
    }

    private func usesGlobalSTS() throws(AWSConfigurationError) -> Bool {
        let setting = setting("AWS_STS_REGIONAL_ENDPOINTS", "sts_regional_endpoints")
        guard let setting else { return false }
        switch setting.value.lowercased() {
        case "regional": return false
        case "legacy": return true
        default: throw setting.isNot("regional or legacy")
        }
    }
}
