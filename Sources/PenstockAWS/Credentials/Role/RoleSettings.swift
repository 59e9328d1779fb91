internal import Penstock

/// Which role is taken on, and how.
struct RoleSettings: Hashable, Sendable {
    /// The role's ARN.
    var arn: String
    /// The session's name in AWS's logs; nil makes one of the time.
    var sessionName: String?
    /// What the role's owner demands of those who come from another account.
    var externalID: String?
    /// How long the credentials are to last; nil leaves it to STS, which then takes an hour.
    var duration: Duration?
    /// A policy that narrows what the role may, in JSON.
    var policy: String?

    /// The session's name for a call at a moment.
    func sessionName(at now: Timestamp) -> String {
        sessionName ?? "penstock-\(now.milliseconds / 1000)"
    }
}

extension RoleSettings: CustomStringConvertible, CustomReflectable {
    /// The role alone: the external id is a secret as often as not.
    var description: String { "RoleSettings(\(arn))" }

    var customMirror: Mirror { Mirror(self, children: ["arn": arn]) }
}
