/// A place in the chain for a source that this version does not know.
///
/// Whoever set it up gets told, instead of credentials of somebody else further down the chain.
struct UnsupportedCredentials: CredentialProvider {
    let environment: AWSEnvironment
    let name: String
    let variables: [String]

    func credentials() async throws(CredentialError) -> Credentials {
        guard let variable = variables.first(where: { environment[$0] != nil }) else {
            throw CredentialError(
                .notConfigured,
                variables.joined(separator: " and ")
                    + (variables.count == 1 ? " is not set." : " are not set."))
        }
        throw CredentialError(
            .unsupported,
            "\(variable) asks for \(name), which this version does not support yet.")
    }
}
