/// Where a container asks for its credentials, as its environment says.
struct ContainerAddress {
    /// The address.
    let url: String
    /// The variable that led there, for messages.
    let variable: String

    private static let relative = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"
    private static let full = "AWS_CONTAINER_CREDENTIALS_FULL_URI"

    /// Reads the variables; the relative one goes first.
    init(_ environment: AWSEnvironment) throws(CredentialError) {
        if let path = environment[Self.relative] {
            // Put behind the host's address, anything else could become a part of it.
            guard path.hasPrefix("/") else {
                throw CredentialError(.invalid, "\(Self.relative) does not begin with a slash.")
            }
            url = try Self.read("http://169.254.170.2" + path, Self.relative).url
            variable = Self.relative
        } else if let text = environment[Self.full] {
            let address = try Self.read(text, Self.full)
            guard address.isSecure || address.isLocal else {
                throw CredentialError(
                    .invalid,
                    "\(Self.full) asks a host without TLS that is neither loopback nor one of the "
                        + "agents 169.254.170.2, 169.254.170.23 and [fd00:ec2::23].")
            }
            url = address.url
            variable = Self.full
        } else {
            throw CredentialError(
                .notConfigured, "\(Self.relative) and \(Self.full) are not set.")
        }
    }

    private static func read(
        _ text: String, _ variable: String
    ) throws(CredentialError) -> MetadataAddress {
        do throws(MetadataAddress.Fault) {
            return try MetadataAddress(text)
        } catch {
            throw CredentialError(.invalid, "\(variable) \(error.reason).")
        }
    }
}
