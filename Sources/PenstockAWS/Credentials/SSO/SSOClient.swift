internal import Penstock
internal import PenstockIO

/// The two calls to AWS's single sign-on that credentials take.
struct SSOClient: Sendable {
    var caller: ServiceCaller
    private let settings: SSOSettings
    private let profile: String?

    /// A client whose endpoints are those that a profile may name.
    init(_ settings: SSOSettings, profile: String?, context: AWSContext) {
        self.settings = settings
        self.profile = profile
        caller = ServiceCaller(context)
    }

    /// The answer to a request for a new token.
    func renew(_ body: [UInt8], at address: String) async throws(ServiceFault) -> [UInt8] {
        let request = HTTPRequest(
            method: "POST", url: address + "/token",
            headers: [HTTPHeader("Content-Type", "application/json")], body: body)
        return try await caller.send({ _ in request }, fault: Self.fault).body
    }

    /// Credentials of the role, for a token.
    func credentials(
        of role: String, in account: String, for token: String, at address: String
    ) async throws(ServiceFault) -> Credentials {
        let query =
            "role_name=\(PercentEncoding.encode(role))"
            + "&account_id=\(PercentEncoding.encode(account))"
        let request = HTTPRequest(
            url: "\(address)/federation/credentials?\(query)",
            headers: [HTTPHeader("x-amz-sso_bearer_token", token)])
        let response = try await caller.send({ _ in request }, fault: Self.fault)
        return try Self.credentials(response.body, account)
    }

    /// Where a service is reached, without a slash at the end.
    func address(of service: AWSService) throws(CredentialError) -> String {
        do {
            let settings = try AWSSettings(caller.context.environment, profile: profile)
            let region = try settings.region(explicit: self.settings.region)
            return try settings.endpoint(of: service, region: region).url
        } catch {
            throw CredentialError(settings: error, of: "AWS's single sign-on")
        }
    }

    private static func credentials(
        _ body: [UInt8], _ account: String
    ) throws(ServiceFault) -> Credentials {
        guard let json = try? Value(json: body, maximumDepth: 16) else {
            throw .malformed("it is not JSON")
        }
        guard let role = json["roleCredentials"], let key = role.text("accessKeyId"),
            let secret = role.text("secretAccessKey"), let token = role.text("sessionToken"),
            let expiration = role["expiration"]?.integer
        else { throw .malformed("a part of the credentials is missing") }
        do throws(Credentials.Fault) {
            return try Credentials(
                accessKeyID: key, secretAccessKey: secret, sessionToken: token,
                expiration: Timestamp(milliseconds: expiration), accountID: account
            ).cleaned()
        } catch { throw .malformed("credentials \(error.clause)") }
    }

    /// What is wrong with an answer, by its status and the name of the error in it.
    static func fault(_ response: HTTPResponse) -> ServiceFault? {
        guard response.status != 200 else { return nil }
        let json = try? Value(json: response.body, maximumDepth: 16)
        let name =
            response.headers["x-amzn-errortype"] ?? json?.text("__type") ?? json?.text("error")
        let code = name?.split(separator: ":").first?.split(separator: "#").last.map(String.init)
        let kind: ErrorKind =
            response.status == 429 || code == "TooManyRequestsException"
            ? .throttled : response.status >= 500 ? .retriable : .fatal
        return ServiceFault(
            .refused(code: code, status: response.status), kind: kind,
            message: json?.text("message") ?? json?.text("error_description"),
            requestID: response.headers["x-amzn-requestid"])
    }
}
