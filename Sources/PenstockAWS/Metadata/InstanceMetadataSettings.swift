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
    ///
    /// Throws `invalid` for what is neither true nor false: nobody's wish is to be guessed here.
    static func isDisabled(_ environment: AWSEnvironment) throws(CredentialError) -> Bool {
        guard let value = environment[disabledVariable] else { return false }
        return try flag(AWSSettings.Setting(value: value, place: disabledVariable)) ?? false
    }

    /// Reads variables and profile.
    init(
        _ environment: AWSEnvironment, profile name: String? = nil, endpoint: String? = nil,
        mode: InstanceMetadataCredentials.EndpointMode? = nil
    ) throws(CredentialError) {
        let settings: AWSSettings
        do { settings = try AWSSettings(environment, profile: name) } catch {
            throw CredentialError(.unreadable, error.description)
        }
        let configured =
            endpoint.map { AWSSettings.Setting(value: $0, place: "The endpoint") }
            ?? settings.setting(
                "AWS_EC2_METADATA_SERVICE_ENDPOINT", "ec2_metadata_service_endpoint")
        if let configured {
            self.endpoint = try Self.endpoint(configured)
        } else if let mode {
            self.endpoint = mode.endpoint
        } else {
            let setting = settings.setting(
                "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "ec2_metadata_service_endpoint_mode")
            self.endpoint = try Self.mode(setting).endpoint
        }
        isConfigured = configured != nil
        let version1 = settings.setting(
            "AWS_EC2_METADATA_V1_DISABLED", "ec2_metadata_v1_disabled")
        allowsVersion1 = try Self.flag(version1) != true
    }

    private static func flag(
        _ setting: AWSSettings.Setting?
    ) throws(CredentialError) -> Bool? {
        do { return try setting?.flag() } catch {
            throw CredentialError(.invalid, error.description)
        }
    }

    private static func endpoint(
        _ configured: AWSSettings.Setting
    ) throws(CredentialError) -> String {
        do throws(MetadataAddress.Fault) {
            let url = try MetadataAddress(configured.value).url
            guard !url.contains("?") else {
                throw MetadataAddress.Fault(reason: "has a query")
            }
            return String(url.hasSuffix("/") ? url.dropLast() : url[...])
        } catch {
            throw CredentialError(.invalid, "\(configured.place) \(error.reason).")
        }
    }

    private static func mode(
        _ configured: AWSSettings.Setting?
    ) throws(CredentialError) -> InstanceMetadataCredentials.EndpointMode {
        guard let configured else { return .ipv4 }
        switch configured.value.lowercased() {
        case "ipv4": return .ipv4
        case "ipv6": return .ipv6
        default:
            throw CredentialError(.invalid, configured.isNot("IPv4 or IPv6").description)
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
