internal import PenstockAWS
internal import PenstockIO
internal import Synchronization

/// What a client finds out with its first request: how requests travel, and where to.
final class Connection: Sendable {
    let http: HTTPClient
    /// The hosts to which requests go signed over plain HTTP, outside of this machine.
    let plainHTTPHosts: [String]
    private let parameters: EndpointParameters
    /// The one endpoint, where neither accounts nor resources lead to others.
    private let only: AWSEndpoint?
    /// Endpoints by account.
    ///
    /// Bound: a client has few accounts; all are forgotten where there are more than 64.
    private let byAccount = Mutex<[String: AWSEndpoint]>([:])

    /// Reads variables and files.
    init(
        _ settings: AWSSettings, region: String?, endpoint: String?, http: HTTPClientConfiguration?
    ) throws(AWSConfigurationError) {
        parameters = try settings.parameters(
            of: .dynamoDB, region: settings.region(explicit: region), explicit: endpoint)
        only = parameters.dependsOnAccount ? nil : try AWSService.dynamoDB.endpoint(parameters)
        self.http = HTTPClient(
            configuration: try settings.httpConfiguration(http, endpoint: endpoint))
        plainHTTPHosts = try settings.plainHTTPHosts(endpoint: endpoint)
    }

    /// Where a request goes.
    ///
    /// - Parameters:
    ///   - account: The account of the credentials, where they name it.
    ///   - resource: The table that the request is about, by its name or ARN.
    /// - Returns: The endpoint.
    /// - Throws: ``AWSConfigurationError`` with `conflictingEndpoint` where a host of the account's
    ///   own is required and there is none.
    func target(
        account: String?, resource: String? = nil
    ) throws(AWSConfigurationError) -> AWSEndpoint {
        if let only { return only }
        if let resource, resource.hasPrefix("arn:") {
            return try find(account: account, resource: resource)
        }
        let key = account ?? ""
        if let known = byAccount.withLock({ $0[key] }) { return known }
        let found = try find(account: account, resource: nil)
        byAccount.withLock { known in
            if known.count >= 64 { known = [:] }
            known[key] = found
        }
        return found
    }

    private func find(
        account: String?, resource: String?
    ) throws(AWSConfigurationError) -> AWSEndpoint {
        var parameters = parameters
        parameters.account = account
        parameters.resource = resource
        return try AWSService.dynamoDB.endpoint(parameters)
    }
}
