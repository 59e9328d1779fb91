/// Credentials out of environment variables.
///
/// Reads `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN` and `AWS_ACCOUNT_ID`.
/// Blank variables count as not set.
public struct EnvironmentCredentials: CredentialProvider {
    private let environment: AWSEnvironment

    /// Reads the variables of this process or of another environment.
    public init(_ environment: AWSEnvironment = .process) { self.environment = environment }

    /// The credentials that the variables hold.
    ///
    /// - Throws: ``CredentialError`` with `notConfigured` where neither key nor secret is set,
    ///   `incomplete` where one of them is.
    public func credentials() async throws(CredentialError) -> Credentials {
        let key = environment["AWS_ACCESS_KEY_ID"]
        let secret = environment["AWS_SECRET_ACCESS_KEY"]
        switch (key, secret) {
        case (nil, nil):
            throw CredentialError(
                .notConfigured, "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set.")
        case (let key?, let secret?):
            return Credentials(
                accessKeyID: key, secretAccessKey: secret,
                sessionToken: environment["AWS_SESSION_TOKEN"],
                accountID: environment["AWS_ACCOUNT_ID"])
        case (nil, _?):
            throw CredentialError(
                .incomplete, "AWS_SECRET_ACCESS_KEY is set and AWS_ACCESS_KEY_ID is not.")
        case (_?, nil):
            throw CredentialError(
                .incomplete, "AWS_ACCESS_KEY_ID is set and AWS_SECRET_ACCESS_KEY is not.")
        }
    }
}
