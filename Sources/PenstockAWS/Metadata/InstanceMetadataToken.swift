internal import Penstock

/// A session with EC2's metadata service: what its second version wants with each request.
struct InstanceMetadataToken: Hashable {
    /// How long a token is asked for, in seconds: the longest there is.
    static let lifetime: Int64 = 21600

    /// What is sent.
    let text: String
    /// The service that gave it.
    let endpoint: String
    /// When another one is asked for; a while before its end, by which a request may still be late.
    let endsAt: Timestamp

    /// Reads the service's answer; nil where that is no token.
    init?(_ body: [UInt8], lifetime: String?, endpoint: String, now: Timestamp) {
        guard !body.isEmpty, body.allSatisfy({ 0x21...0x7E ~= $0 }) else { return nil }
        let stated = lifetime.flatMap { Int64($0) } ?? Self.lifetime
        let seconds = min(max(stated, 0), Self.lifetime)
        text = String(decoding: body, as: UTF8.self)
        self.endpoint = endpoint
        endsAt = Timestamp(
            milliseconds: now.milliseconds + (seconds - min(120, seconds / 2)) * 1000)
    }

    func isGood(for endpoint: String, at now: Timestamp) -> Bool {
        self.endpoint == endpoint && now < endsAt
    }
}

extension InstanceMetadataToken: CustomStringConvertible, CustomReflectable {
    /// Nothing of the token.
    var description: String { "token" }
    /// Nothing of the token either.
    var customMirror: Mirror { Mirror(self, children: ["endsAt": endsAt]) }
}
