internal import Penstock
internal import PenstockIO
internal import Synchronization

/// EC2's metadata service, with the token that it gave last.
///
/// Callers that find no token at the same moment each ask for one; that does no harm.
final class InstanceMetadata: Sendable {
    let context: AWSContext
    private let server: MetadataServer
    private let token = Mutex<InstanceMetadataToken?>(nil)

    init(context: AWSContext) {
        self.context = context
        server = MetadataServer(
            context: context, timeout: .seconds(1), attempts: 3, pause: .milliseconds(100))
    }

    /// The token that is there, or a new one, or the leave to go on without.
    ///
    /// - Parameters:
    ///   - settings: Which service.
    ///   - mayBeAbsent: Whether a service that cannot be reached counts as none at once.
    /// - Returns: How to go on.
    /// - Throws: Why there is no way to.
    func access(
        _ settings: InstanceMetadataSettings, mayBeAbsent: Bool
    ) async throws(InstanceMetadataFault) -> InstanceMetadataAccess {
        let now = context.now()
        if let token = token.withLock({ $0 }), token.isGood(for: settings.endpoint, at: now) {
            return .token(token)
        }
        let request = HTTPRequest(
            method: "PUT", url: settings.endpoint + InstanceMetadataSettings.tokenPath,
            headers: [
                HTTPHeader(
                    "x-aws-ec2-metadata-token-ttl-seconds", "\(InstanceMetadataToken.lifetime)")
            ])
        let answer: HTTPResponse
        do throws(MetadataFailure) {
            answer = try await server.send(request) {
                mayBeAbsent && Self.isUnreachable($0)
                    || settings.allowsVersion1 && Self.isUnanswered($0)
            }
        } catch {
            guard case .transport(let cause) = error else { throw .failure(error) }
            if mayBeAbsent, Self.isUnreachable(cause) { throw .unreachable(cause) }
            guard Self.isUnanswered(cause) else { throw .failure(error) }
            guard settings.allowsVersion1 else { throw .tokenUnanswered }
            return .version1Unanswered
        }
        return try access(settings, answer, now)
    }

    private func access(
        _ settings: InstanceMetadataSettings, _ answer: HTTPResponse, _ now: Timestamp
    ) throws(InstanceMetadataFault) -> InstanceMetadataAccess {
        switch answer.status {
        case 200:
            let token = InstanceMetadataToken(
                answer.body, lifetime: answer.headers["x-aws-ec2-metadata-token-ttl-seconds"],
                endpoint: settings.endpoint, now: now)
            guard let token else { throw .nonsense("answered with something that is no token") }
            self.token.withLock { $0 = token }
            return .token(token)
        case 403, 404, 405:
            guard settings.allowsVersion1 else { throw .absent(answer.status) }
            return .version1
        default: throw .status(answer.status)
        }
    }

    /// Reads a path; where the token is not taken any more, once again with a new one.
    func get(
        _ path: String, _ settings: InstanceMetadataSettings, _ access: inout InstanceMetadataAccess
    ) async throws(InstanceMetadataFault) -> HTTPResponse {
        let answer = try await get(path, settings, access)
        guard answer.status == 401, case .token(let refused) = access else { return answer }
        token.withLock { if $0 == refused { $0 = nil } }
        access = try await self.access(settings, mayBeAbsent: false)
        return try await get(path, settings, access)
    }

    private func get(
        _ path: String, _ settings: InstanceMetadataSettings, _ access: InstanceMetadataAccess
    ) async throws(InstanceMetadataFault) -> HTTPResponse {
        var request = HTTPRequest(url: settings.endpoint + path)
        if case .token(let token) = access {
            request.headers = [HTTPHeader("x-aws-ec2-metadata-token", token.text)]
        }
        do throws(MetadataFailure) {
            return try await server.send(request)
        } catch {
            throw .failure(error)
        }
    }

    /// Whether no connection came about.
    private static func isUnreachable(_ error: HTTPError) -> Bool {
        !error.mayHaveBeenSent && [.connect, .timeout, .resolve].contains(error.code)
    }

    /// Whether a request was sent and nothing came back in time: what a hop limit that is too small
    /// looks like.
    private static func isUnanswered(_ error: HTTPError) -> Bool {
        error.code == .timeout && error.mayHaveBeenSent
    }
}
