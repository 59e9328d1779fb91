/// Which role is taken on with which file's token.
struct WebIdentitySettings: Hashable, Sendable {
    var role: RoleSettings
    /// The path of the file that holds the token.
    var tokenFile: String

    init(role: RoleSettings, tokenFile: String) {
        self.role = role
        self.tokenFile = tokenFile
    }

    /// What the variables name.
    init(_ environment: AWSEnvironment) throws(CredentialError) {
        guard let file = environment["AWS_WEB_IDENTITY_TOKEN_FILE"] else {
            throw CredentialError(.notConfigured, "AWS_WEB_IDENTITY_TOKEN_FILE is not set.")
        }
        guard let arn = environment["AWS_ROLE_ARN"] else {
            throw CredentialError(
                .incomplete, "AWS_WEB_IDENTITY_TOKEN_FILE is set and AWS_ROLE_ARN is not.")
        }
        let session = environment["AWS_ROLE_SESSION_NAME"]
        self.init(role: RoleSettings(arn: arn, sessionName: session), tokenFile: file)
    }

    /// The token as the file holds it now, without the line's end.
    func token(_ environment: AWSEnvironment) throws(CredentialError) -> String {
        var bytes: ArraySlice<UInt8>
        do {
            guard let contents = try environment.readFile(tokenFile) else {
                throw fault("is not there")
            }
            bytes = contents[...]
        } catch let error as CredentialError {
            throw error
        } catch {
            throw fault("cannot be read: \(error)")
        }
        while let last = bytes.last, last == 0x0A || last == 0x0D { bytes.removeLast() }
        guard bytes.count <= WebIdentityCredentials.maximumTokenBytes else {
            throw fault("is larger than \(WebIdentityCredentials.maximumTokenBytes) bytes")
        }
        // A token is printable ASCII; anything else is another file.
        guard !bytes.isEmpty, bytes.allSatisfy({ 0x21...0x7E ~= $0 }) else {
            throw fault("holds no token")
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func fault(_ clause: String) -> CredentialError {
        CredentialError(.unreadable, "The web identity's token file \(tokenFile) \(clause).")
    }
}
