public import Penstock

/// What AWS knows a caller by.
///
/// Neither the secret nor the session token appears in any description, dump or mirror of it.
public struct Credentials: Hashable, Sendable {
    /// The access key's name; not a secret.
    public let accessKeyID: String
    /// The access key's secret.
    public let secretAccessKey: String
    /// The token that belongs to temporary credentials; `nil` for lasting ones.
    public let sessionToken: String?
    /// When temporary credentials end; `nil` where they do not or nobody says.
    public let expiration: Timestamp?
    /// The account's twelve digits, where the source names them.
    public let accountID: String?

    /// Makes credentials of their parts.
    public init(
        accessKeyID: String, secretAccessKey: String, sessionToken: String? = nil,
        expiration: Timestamp? = nil, accountID: String? = nil
    ) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
        self.expiration = expiration
        self.accountID = accountID
    }
}

extension Credentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The access key's name and which other parts there are.
    public var description: String {
        "Credentials(\(accessKeyID)\(sessionToken == nil ? "" : ", temporary"))"
    }

    /// The same as `description`.
    public var debugDescription: String { description }

    /// The parts that may be shown.
    public var customMirror: Mirror {
        Mirror(
            self,
            children: [
                "accessKeyID": accessKeyID, "secretAccessKey": "[hidden]",
                "sessionToken": sessionToken == nil ? "none" : "[hidden]",
            ])
    }
}
