internal import Penstock
internal import PenstockIO

/// A client of AWS's Security Token Service, for the few calls that providers of credentials make.
///
/// Region and endpoint are looked up at each call; calls are rare.
struct STSClient: Sendable {
    var caller: ServiceCaller
    private let profile: String?
    private let region: String?

    /// A client for a region named in code, or that of the environment or a profile.
    init(_ context: AWSContext, profile: String? = nil, region: String? = nil) {
        caller = ServiceCaller(context)
        self.profile = profile
        self.region = region
    }

    /// Where requests go.
    ///
    /// - Parameter role: The ARN of the role that is to be taken on: where nobody names a region, a
    ///   role of AWS's commercial partition can be had from its worldwide endpoint.
    /// - Returns: The endpoint.
    /// - Throws: ``CredentialError`` with `incomplete` where no region is set.
    func endpoint(forRole role: String? = nil) throws(CredentialError) -> AWSEndpoint {
        do {
            let settings = try AWSSettings(caller.context.environment, profile: profile)
            return try settings.endpoint(of: .sts, region: Self.region(region, settings, role))
        } catch {
            throw CredentialError(settings: error, of: "AWS's token service (STS)")
        }
    }

    private static func region(
        _ explicit: String?, _ settings: AWSSettings, _ role: String?
    ) throws(AWSConfigurationError) -> String {
        do { return try settings.region(explicit: explicit) } catch {
            guard error.code == .missingRegion, role?.hasPrefix("arn:aws:") == true else {
                throw error
            }
            return "aws-global"
        }
    }

    /// Sends a call, unsigned where there are no credentials to sign it with, and returns the answer.
    func send(
        _ call: STSCall, to endpoint: AWSEndpoint, signedWith credentials: Credentials? = nil
    ) async throws(ServiceFault) -> XMLDocument {
        let request = HTTPRequest(
            method: "POST", url: endpoint.url + "/",
            headers: [HTTPHeader("Content-Type", "application/x-www-form-urlencoded")],
            body: call.body)
        let response = try await caller.send(
            { now throws(ServiceFault) in
                guard let credentials else { return request }
                return try Self.sign(request, for: endpoint, with: credentials, at: now)
            },
            fault: Self.fault)
        return try Self.document(response.body)
    }

    private static func sign(
        _ request: HTTPRequest, for endpoint: AWSEndpoint, with credentials: Credentials,
        at now: Timestamp
    ) throws(ServiceFault) -> HTTPRequest {
        do {
            return try SigV4(region: endpoint.signingRegion, service: "sts")
                .sign(request, with: credentials, at: now)
        } catch {
            throw ServiceFault(.unsigned(error), kind: .fatal)
        }
    }

    private static func document(_ body: [UInt8]) throws(ServiceFault) -> XMLDocument {
        do {
            return try XMLDocument(body)
        } catch {
            throw .malformed(error.description)
        }
    }

    /// What is wrong with an answer, by its status and the name of the error in it.
    static func fault(_ response: HTTPResponse) -> ServiceFault? {
        guard response.status != 200 else { return nil }
        let document = try? XMLDocument(response.body)
        let code = document?["Error", "Code"]
        return ServiceFault(
            .refused(code: code, status: response.status),
            kind: kind(code: code, status: response.status),
            message: document?["Error", "Message"],
            requestID: document?["RequestId"] ?? response.headers["x-amzn-requestid"],
            date: response.headers["date"].flatMap(Timestamp.init(httpDate:)))
    }

    private static func kind(code: String?, status: Int) -> ErrorKind {
        switch code {
        case "Throttling", "ThrottlingException", "RequestLimitExceeded", "TooManyRequests":
            .throttled
        case "IDPCommunicationError": .retriable
        default: status >= 500 ? .retriable : status == 429 ? .throttled : .fatal
        }
    }
}

extension CredentialError {
    /// Region or endpoint of a service could not be found.
    init(settings error: AWSConfigurationError, of service: String) {
        let code: Code = error.code == .unreadableFile ? .unreadable : .incomplete
        self.init(code, "\(service) cannot be asked: \(error.description)")
    }
}
