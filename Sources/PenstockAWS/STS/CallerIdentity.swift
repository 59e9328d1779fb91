/// Whose credentials they are, as STS tells it.
package struct CallerIdentity: Hashable, Sendable {
    /// The account's twelve digits.
    package let account: String
    /// The user or the session of a role.
    package let arn: String

    /// Asks STS about credentials; needs no permission.
    package static func find(
        of credentials: Credentials, region: String? = nil, context: AWSContext
    ) async throws(CredentialError) -> CallerIdentity {
        let sts = STSClient(context, region: region)
        let endpoint = try sts.endpoint()
        do throws(ServiceFault) {
            let document = try await sts.send(
                .callerIdentity, to: endpoint, signedWith: credentials)
            let result = "GetCallerIdentityResult"
            guard let account = document[result, "Account"], let arn = document[result, "Arn"]
            else { throw ServiceFault.malformed("account or ARN is missing") }
            return CallerIdentity(account: account, arn: arn)
        } catch {
            throw error.credentialError(
                "STS did not tell whose credentials these are",
                hiding: [credentials.secretAccessKey, credentials.sessionToken])
        }
    }
}
