/// One call to STS: its name and its parameters, as a form.
struct STSCall: Sendable {
    /// The form's bytes.
    private(set) var body: [UInt8]

    private init(_ action: String) { body = Array("Action=\(action)&Version=2011-06-15".utf8) }

    private mutating func append(_ name: String, _ value: String?) {
        guard let value else { return }
        body += "&\(name)=".utf8
        PercentEncoding.append(value.utf8, to: &body)
    }

    /// Takes on a role with credentials.
    static func assumeRole(_ role: RoleSettings, sessionName: String) -> STSCall {
        var call = STSCall("AssumeRole")
        call.append(role, sessionName)
        call.append("ExternalId", role.externalID)
        return call
    }

    /// Takes on a role with the token of an identity provider.
    static func assumeRole(
        _ role: RoleSettings, sessionName: String, webIdentityToken: String
    ) -> STSCall {
        var call = STSCall("AssumeRoleWithWebIdentity")
        call.append(role, sessionName)
        call.append("WebIdentityToken", webIdentityToken)
        return call
    }

    /// Asks whose credentials these are; needs no permission.
    static var callerIdentity: STSCall { STSCall("GetCallerIdentity") }

    private mutating func append(_ role: RoleSettings, _ sessionName: String) {
        append("RoleArn", role.arn)
        append("RoleSessionName", sessionName)
        append("DurationSeconds", role.duration.map { String($0.components.seconds) })
        append("Policy", role.policy)
    }
}
