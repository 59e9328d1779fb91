internal import Penstock
public import PenstockIO

/// Credentials that a container's agent hands out: of an ECS task, or of a pod of EKS.
///
/// Where to ask stands in `AWS_CONTAINER_CREDENTIALS_RELATIVE_URI`, a path on ECS's agent, or in
/// `AWS_CONTAINER_CREDENTIALS_FULL_URI`; the first one wins. A token for it is taken from the file
/// of `AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE`, which is read anew at each call, or from
/// `AWS_CONTAINER_AUTHORIZATION_TOKEN`. EKS Pod Identity sets the full address and the file.
///
/// Without TLS only loopback addresses, `localhost` and the agents' own addresses are asked; no
/// proxy is used and no redirect is followed. An attempt may take 2 seconds; three are made, one
/// second apart.
public struct ContainerCredentials: CredentialProvider {
    private let server: MetadataServer

    /// Asks as the environment says.
    ///
    /// - Parameters:
    ///   - environment: Variables and files; this process's and machine's by default.
    ///   - http: How a host with TLS is trusted: of it the certificate authorities are used.
    public init(environment: AWSEnvironment = .process, http: HTTPClientConfiguration? = nil) {
        self.init(context: AWSContext(environment: environment, http: http))
    }

    /// Asks as the context's environment says.
    package init(context: AWSContext) {
        server = MetadataServer(
            context: context, timeout: .seconds(2), attempts: 3, pause: .seconds(1))
    }

    /// The credentials that the agent gives now.
    ///
    /// - Throws: ``CredentialError``: `notConfigured` where no address is set, `invalid` where the
    ///   address or the token is not allowed, `unreadable` or `incomplete` where the token's file
    ///   gives none, `unavailable` where the agent did not answer with credentials, or the task was
    ///   cancelled.
    public func credentials() async throws(CredentialError) -> Credentials {
        let address = try ContainerAddress(server.context.environment)
        var headers = [HTTPHeader("Accept", "application/json")]
        if let token = try ContainerToken.read(server.context.environment) {
            headers.append(HTTPHeader("Authorization", token))
        }
        let answer: HTTPResponse
        do throws(MetadataFailure) {
            answer = try await server.send(HTTPRequest(url: address.url, headers: headers))
        } catch {
            throw Self.unavailable(address, "did not answer: \(error.clause)")
        }
        guard answer.status == 200 else {
            throw Self.unavailable(address, Self.clause(of: answer.status))
        }
        do throws(CredentialDocument.Fault) {
            return try CredentialDocument.read(answer.body)
        } catch {
            throw Self.unavailable(address, error.clause)
        }
    }

    private static func clause(of status: Int) -> String {
        switch status {
        case 300..<400: "answered with status \(status); redirects are not followed"
        default: "answered with status \(status)"
        }
    }

    private static func unavailable(
        _ address: ContainerAddress, _ clause: String
    ) -> CredentialError {
        CredentialError(
            .unavailable, "The container's agent of \(address.variable) \(clause).")
    }
}
