package import PenstockIO

/// How AWS's services are connected to; the one place that decides it.
extension AWSSettings {
    /// The configuration of the client for AWS's services.
    ///
    /// The proxy is that of `HTTPS_PROXY` and `NO_PROXY`, the certificate authorities those of
    /// `AWS_CA_BUNDLE` or the profile's `ca_bundle`. Plain HTTP is allowed where somebody named an
    /// endpoint that way.
    ///
    /// - Parameters:
    ///   - given: A program's own configuration, to which only the last of these is added.
    ///   - proxy: A proxy that goes before the one of the variables.
    ///   - endpoint: An endpoint that was named in code.
    /// - Returns: The configuration.
    /// - Throws: ``AWSConfigurationError``: `invalidProxy`, `invalidAuthorities`, `invalidSetting`.
    package func httpConfiguration(
        _ given: HTTPClientConfiguration? = nil, proxy: HTTPProxy? = nil, endpoint: String? = nil
    ) throws(AWSConfigurationError) -> HTTPClientConfiguration {
        var http: HTTPClientConfiguration
        if let given { http = given } else { http = try configured(proxy) }
        let endpoints = try namedEndpoints(explicit: endpoint)
        if endpoints.contains(where: { $0.hasPrefix("http://") }) { http.allowsPlainHTTP = true }
        return http
    }

    /// The hosts to which somebody has requests signed and sent over plain HTTP, outside of this
    /// machine.
    package func plainHTTPHosts(
        endpoint: String? = nil
    ) throws(AWSConfigurationError) -> [String] {
        let targets = try namedEndpoints(explicit: endpoint).filter { $0.hasPrefix("http://") }
            .compactMap { try? HTTPTarget($0, allowsPlainHTTP: true) }
        return Set(targets.filter { !$0.isLocal }.map(\.host)).sorted()
    }

    private func namedEndpoints(
        explicit: String?
    ) throws(AWSConfigurationError) -> [String] {
        var endpoints = explicit.map { [$0] } ?? []
        for service in AWSService.all where explicit == nil || service != .dynamoDB {
            if let endpoint = try configuredEndpoint(of: service) { endpoints.append(endpoint) }
        }
        return endpoints
    }

    private func configured(
        _ proxy: HTTPProxy?
    ) throws(AWSConfigurationError) -> HTTPClientConfiguration {
        var http = HTTPClientConfiguration()
        let useless = http.useProxy(fromEnvironment: environment.variables)
        if let proxy {
            http.proxy = proxy
        } else if let useless {
            // Going past a proxy that somebody meant could only fail later, or show too much.
            throw AWSConfigurationError(
                .invalidProxy, "\(useless) is not the address of an HTTP proxy.")
        }
        http.certificateAuthorities = try certificateAuthorities()
        return http
    }

    /// The file of certificate authorities of `AWS_CA_BUNDLE` or the profile's `ca_bundle`.
    func certificateAuthorities() throws(AWSConfigurationError) -> String? {
        guard let setting = setting("AWS_CA_BUNDLE", "ca_bundle") else { return nil }
        let path = setting.value
        var fault: String?
        do {
            if let contents = try environment.readFile(path) {
                if CertificateFile.count(contents) == 0 { fault = "holds no certificate" }
            } else {
                fault = "does not exist"
            }
        } catch {
            fault = "cannot be read: \(error)"
        }
        guard let fault else { return path }
        throw AWSConfigurationError(
            .invalidAuthorities,
            "The file of certificate authorities \(path), named by \(setting.place), \(fault).")
    }
}
