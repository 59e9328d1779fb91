internal import Penstock

/// Credentials out of environment variables.
///
/// Reads `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`, `AWS_ACCOUNT_ID` and
/// `AWS_CREDENTIAL_EXPIRATION`. Where neither of the first two is set, their old names
/// `AWS_ACCESS_KEY` and `AWS_SECRET_KEY` are read; an old and a new name are never put together.
/// Blank variables count as not set.
public struct EnvironmentCredentials: CredentialProvider {
    private let environment: AWSEnvironment

    /// Reads the variables of this process or of another environment.
    public init(_ environment: AWSEnvironment = .process) { self.environment = environment }

    /// The credentials that the variables hold.
    ///
    /// - Throws: ``CredentialError`` with `notConfigured` where neither key nor secret is set,
    ///   `incomplete` where one of them is, `invalid` where the expiration is no date or another
    ///   variable holds spaces or control characters inside.
    public func credentials() async throws(CredentialError) -> Credentials {
        if let new = try pair("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY") {
            return try credentials(new)
        }
        if let old = try pair("AWS_ACCESS_KEY", "AWS_SECRET_KEY") { return try credentials(old) }
        throw CredentialError(
            .notConfigured, "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set.")
    }

    private func pair(
        _ keyName: String, _ secretName: String
    ) throws(CredentialError) -> (key: String, secret: String)? {
        switch (environment[keyName], environment[secretName]) {
        case (nil, nil): return nil
        case (let key?, let secret?): return (key, secret)
        case (nil, _?):
            throw CredentialError(.incomplete, "\(secretName) is set and \(keyName) is not.")
        case (_?, nil):
            throw CredentialError(.incomplete, "\(keyName) is set and \(secretName) is not.")
        }
    }

    private func credentials(
        _ pair: (key: String, secret: String)
    ) throws(CredentialError) -> Credentials {
        let text = environment["AWS_CREDENTIAL_EXPIRATION"]
        let expiration = text.flatMap { Timestamp(iso8601: $0) }
        guard text == nil || expiration != nil else {
            throw CredentialError(
                .invalid, "AWS_CREDENTIAL_EXPIRATION is no date such as 2030-01-31T12:00:00Z.")
        }
        do throws(Credentials.Fault) {
            return try Credentials(
                accessKeyID: pair.key, secretAccessKey: pair.secret,
                sessionToken: environment["AWS_SESSION_TOKEN"], expiration: expiration,
                accountID: environment["AWS_ACCOUNT_ID"]
            ).cleaned()
        } catch {
            throw CredentialError(
                .invalid, "The environment variables set credentials \(error.clause).")
        }
    }
}
