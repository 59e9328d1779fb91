internal import Penstock
public import PenstockIO
internal import Synchronization

/// Credentials of the role of an EC2 instance, out of its metadata service (IMDS).
///
/// Requests carry a token (version 2 of the service), which is asked for once and used until it
/// ends. As in AWS's tools for Python, and unlike those for Rust, the first version is tried where
/// the request for a token is answered with 403, 404 or 405, or is taken and not answered within a
/// second: so do containers on instances whose hop limit for tokens is 1 and which still allow
/// version 1. `AWS_EC2_METADATA_V1_DISABLED` or the profile's `ec2_metadata_v1_disabled` rule that
/// out. Where the service wants a token and its answer does not arrive, the error names the limit.
///
/// `AWS_EC2_METADATA_DISABLED` switches this source off. All three are `true` or `false`, and an
/// error where they are something else. `AWS_EC2_METADATA_SERVICE_ENDPOINT` and
/// `AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE`, or `ec2_metadata_service_endpoint` and
/// `ec2_metadata_service_endpoint_mode` of the profile, name another address; without them only the
/// link-local ones are asked. An attempt may take one second; a request is made at most three
/// times. No proxy is used and no redirect is followed.
public struct InstanceMetadataCredentials: CredentialProvider {
    /// Which of the service's two addresses is asked.
    public enum EndpointMode: Hashable, Sendable {
        /// 169.254.169.254
        case ipv4
        /// fd00:ec2::254
        case ipv6
    }

    /// What copies of this provider share.
    private final class Shared: Sendable {
        let metadata: InstanceMetadata
        /// Whether there were credentials already: what is missing later is then missing for now.
        let hasGiven = Atomic(false)

        init(_ metadata: InstanceMetadata) { self.metadata = metadata }
    }

    private let shared: Shared
    private let profile: String?
    private let endpoint: String?
    private let mode: EndpointMode?
    private let isLastResort: Bool

    /// Asks as it is said here, or else by the environment.
    ///
    /// - Parameters:
    ///   - endpoint: The service's address, such as `http://localhost:1338`; nil for that of the
    ///     environment, of the profile, or the standard one.
    ///   - mode: Which standard address; nil for that of the environment, of the profile, or IPv4.
    ///   - profile: The profile whose properties count; nil for that of `AWS_PROFILE`.
    ///   - environment: Variables and files; this process's and machine's by default.
    ///   - http: How a host with TLS is trusted: of it the certificate authorities are used.
    public init(
        endpoint: String? = nil, mode: EndpointMode? = nil, profile: String? = nil,
        environment: AWSEnvironment = .process, http: HTTPClientConfiguration? = nil
    ) {
        self.init(
            context: AWSContext(environment: environment, http: http), profile: profile,
            endpoint: endpoint, mode: mode)
    }

    /// Asks as the context's environment says.
    ///
    /// - Parameters:
    ///   - context: Environment, network and clock.
    ///   - profile: The profile whose properties count; nil for that of `AWS_PROFILE`.
    ///   - endpoint: The service's address; nil for that of the environment or the standard one.
    ///   - mode: Which standard address; nil for that of the environment, or IPv4.
    ///   - isLastResort: Whether it is asked only since nothing else is set up: a service that
    ///     cannot be reached then counts as one that is not there.
    package init(
        context: AWSContext, profile: String? = nil, endpoint: String? = nil,
        mode: EndpointMode? = nil, isLastResort: Bool = false
    ) {
        shared = Shared(InstanceMetadata(context: context))
        self.profile = profile
        self.endpoint = endpoint
        self.mode = mode
        self.isLastResort = isLastResort
    }

    /// The credentials that the service gives now.
    ///
    /// - Throws: ``CredentialError``: `notConfigured` where the service is switched off or the
    ///   instance has no role, `invalid` where a setting makes no sense, `unreadable` where the
    ///   shared files cannot be read, `unavailable` where the service did not answer with
    ///   credentials, or the task was cancelled.
    public func credentials() async throws(CredentialError) -> Credentials {
        let environment = shared.metadata.context.environment
        guard try !InstanceMetadataSettings.isDisabled(environment) else {
            throw CredentialError(
                .notConfigured,
                "\(InstanceMetadataSettings.disabledVariable) switches EC2's metadata service off.")
        }
        let settings = try InstanceMetadataSettings(
            environment, profile: profile, endpoint: endpoint, mode: mode)
        do throws(InstanceMetadataFault) {
            let credentials = try await read(settings)
            shared.hasGiven.store(true, ordering: .relaxed)
            return credentials
        } catch {
            // What was there before, or what somebody named, is missing and not absent.
            let isMeant = hasGiven || settings.isConfigured
            throw CredentialError(
                error.saysThereIsNone && !isMeant ? .notConfigured : .unavailable,
                "EC2's metadata service \(error.clause).")
        }
    }

    private var hasGiven: Bool { shared.hasGiven.load(ordering: .relaxed) }

    private func read(
        _ settings: InstanceMetadataSettings
    ) async throws(InstanceMetadataFault) -> Credentials {
        // Where there is no EC2 every start of a program would otherwise wait for all attempts.
        let mayBeAbsent = isLastResort && !settings.isConfigured && !hasGiven
        var access = try await shared.metadata.access(settings, mayBeAbsent: mayBeAbsent)
        let path = InstanceMetadataSettings.rolePath
        let listing = try await shared.metadata.get(path, settings, &access)
        let role = try Self.role(Self.listing(listing, access))
        let document = try await shared.metadata.get(path + role, settings, &access)
        guard document.status == 200 else { throw .status(document.status) }
        do throws(CredentialDocument.Fault) {
            return try CredentialDocument.read(document.body)
        } catch {
            throw .nonsense(error.clause)
        }
    }

    /// The listing of roles; without a token the same answers mean something else.
    private static func listing(
        _ answer: HTTPResponse, _ access: InstanceMetadataAccess
    ) throws(InstanceMetadataFault) -> [UInt8] {
        switch (answer.status, access) {
        case (200, _): return answer.body
        case (404, .token): throw .noRole
        case (401, .version1Unanswered): throw .tokenUnanswered
        case (403...405, .version1), (403...405, .version1Unanswered): throw .absent(answer.status)
        default: throw .status(answer.status)
        }
    }

    /// The first line, which becomes a part of an address.
    private static func role(_ listing: [UInt8]) throws(InstanceMetadataFault) -> String {
        let line = listing.prefix { $0 != 0x0A && $0 != 0x0D }
        guard line.contains(where: { $0 != 0x20 }) else { throw .noRole }
        let isName = line.count <= 128 && line.allSatisfy(isRoleCharacter)
        guard isName else { throw .nonsense("answered with something that is no role's name") }
        return String(decoding: line, as: UTF8.self)
    }

    /// What IAM lets names of roles be made of.
    private static func isRoleCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "+=,.@-_".utf8.contains(byte)
        }
    }
}
