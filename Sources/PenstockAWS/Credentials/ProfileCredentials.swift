/// Credentials out of a profile of the shared files, `~/.aws/config` and `~/.aws/credentials`.
///
/// The profile has to hold the keys themselves. One that leads to a role, to single sign-on, to a
/// web identity or to a process is refused by name.
public struct ProfileCredentials: CredentialProvider {
    private let environment: AWSEnvironment
    private let profile: String?

    /// Reads a profile; without a name the one of `AWS_PROFILE`, or `default`.
    public init(profile: String? = nil, environment: AWSEnvironment = .process) {
        self.profile = profile
        self.environment = environment
    }

    /// The credentials that the profile holds; the files are read anew at each call.
    ///
    /// - Throws: ``CredentialError`` with `notConfigured` where the profile is not there or says
    ///   nothing of credentials, `incomplete` where a part is missing, `unsupported` where it wants
    ///   a way that this version does not know, `unreadable` where a file cannot be read.
    public func credentials() async throws(CredentialError) -> Credentials {
        let profile: AWSProfile
        do {
            profile = try AWSProfile(environment, name: self.profile)
        } catch {
            throw CredentialError(.unreadable, error.description)
        }
        // A role goes before keys in the same profile, which then are what it is assumed with.
        if let property = Self.unsupported.first(where: { profile[$0] != nil }) {
            throw CredentialError(
                .unsupported,
                "The profile \"\(profile.name)\" wants \(property), "
                    + "which this version does not support yet.")
        }
        return try Self.keys(of: profile)
    }

    private static let unsupported = [
        "role_arn", "sso_session", "sso_start_url", "web_identity_token_file", "login_session",
        "credential_process",
    ]

    private static func keys(of profile: AWSProfile) throws(CredentialError) -> Credentials {
        let key = profile["aws_access_key_id"]
        let secret = profile["aws_secret_access_key"]
        if let key, let secret {
            return Credentials(
                accessKeyID: key, secretAccessKey: secret,
                sessionToken: profile["aws_session_token"], accountID: profile["aws_account_id"])
        }
        guard key == nil, secret == nil else {
            throw CredentialError(
                .incomplete,
                "The profile \"\(profile.name)\" has "
                    + "\(key == nil ? "aws_secret_access_key" : "aws_access_key_id") without "
                    + "\(key == nil ? "aws_access_key_id" : "aws_secret_access_key").")
        }
        throw CredentialError(
            .notConfigured,
            profile.properties == nil
                ? "There is no profile \"\(profile.name)\"."
                : "The profile \"\(profile.name)\" holds no credentials.")
    }
}
