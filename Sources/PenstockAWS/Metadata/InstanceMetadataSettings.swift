internal import PenstockIO

/// How EC2's metadata service is asked: code first, then variables, then the profile.
struct InstanceMetadataSettings {
    /// The address without a slash at its end.
    let endpoint: String
    /// Whether code, a variable or the profile named it.
    let isConfigured: Bool
    /// Whether requests without a token may be made where there is none.
    let allowsVersion1: Bool

    static let disabledVariable = "AWS_EC2_METADATA_DISABLED"
    static let tokenPath = "/latest/api/token"
    static let rolePath = "/latest/meta-data/iam/security-credentials/"

    /// Whether a variable switches the metadata service off.
    static func isDisabled(_ environment: AWSEnvironment) -> Bool {
        isTrue(environment[disabledVariable])
    }

    /// Reads variables and profile.
    init(
        _ environment: AWSEnvironment, profile name: String? = nil, endpoint: String? = nil,
        mode: InstanceMetadataCredentials.EndpointMode? = nil
    ) throws(CredentialError) {
        let profile: AWSProfile
        do { profile = try AWSProfile(environment, name: name) } catch {
            throw CredentialError(.unreadable, error.description)
        }
        func setting(_ variable: String, _ property: String) -> (text: String, source: String)? {
            if let value = environment[variable] { return (value, variable) }
            return profile[property].map { ($0, "\(property) of the profile") }
        }
        let configured =
            endpoint.map { ($0, "The endpoint") }
            ?? setting(
                "AWS_EC2_METADATA_SERVICE_ENDPOINT", "ec2_metadata_service_endpoint")
        if let configured {
            self.endpoint = try Self.endpoint(configured)
        } else if let mode {
            self.endpoint = mode.endpoint
        } else {
            let text = setting(
                "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "ec2_metadata_service_endpoint_mode")
            self.endpoint = try Self.mode(text).endpoint
        }
        isConfigured = configured != nil
        allowsVersion1 = !Self.isTrue(
            setting("AWS_EC2_METADATA_V1_DISABLED", "ec2_metadata_v1_disabled")?.text)
    }

    private static func isTrue(_ text: String?) -> Bool { text?.lowercased() == "true" }

    private static func endpoint(
        _ configured: (text: String, source: String)
    ) throws(CredentialError) -> String {
        do throws(MetadataAddress.Fault) {
            let url = try MetadataAddress(configured.text).url
            guard !url.contains("?") else {
                throw MetadataAddress.Fault(reason: "has a query")
            }
            return String(url.hasSuffix("/") ? url.dropLast() : url[...])
        } catch {
            throw CredentialError(.invalid, "\(configured.source) \(error.reason).")
        }
    }

    private static func mode(
        _ configured: (text: String, source: String)?
    ) throws(CredentialError) -> InstanceMetadataCredentials.EndpointMode {
        switch configured?.text.lowercased() {
        case nil, "ipv4": return .ipv4
        case "ipv6": return .ipv6
        default:
            throw CredentialError(
                .invalid, "\(configured?.source ?? "") is neither IPv4 nor IPv6.")
        }
    }
}

extension InstanceMetadataCredentials.EndpointMode {
    var endpoint: String {
        switch self {
        case .ipv4: "http://169.254.169.254"
        case .ipv6: "http://[fd00:ec2::254]"
        }
    }
}
