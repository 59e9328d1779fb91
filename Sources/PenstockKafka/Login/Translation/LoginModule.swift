/// The login modules of Kafka's Java clients that mean something here.
enum LoginModule: CaseIterable {
    case plain
    case scram
    case oauthBearer
    case kerberos
    case msk

    init?(className: String) {
        guard let module = Self.allCases.first(where: { $0.classNames.contains(className) }) else {
            return nil
        }
        self = module
    }

    var classNames: [String] {
        switch self {
        case .plain: ["org.apache.kafka.common.security.plain.PlainLoginModule"]
        case .scram: ["org.apache.kafka.common.security.scram.ScramLoginModule"]
        case .oauthBearer:
            ["org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule"]
        case .kerberos: ["com.sun.security.auth.module.Krb5LoginModule"]
        case .msk: ["software.amazon.msk.auth.iam.IAMLoginModule"]
        }
    }

    static var knownNames: String { allCases.flatMap(\.classNames).joined(separator: ", ") }
}

/// The ways to log in that a setting `sasl.mechanism` can name.
enum LoginMechanism: String, CaseIterable {
    case plain = "PLAIN"
    case scram256 = "SCRAM-SHA-256"
    case scram512 = "SCRAM-SHA-512"
    case oauthBearer = "OAUTHBEARER"
    case kerberos = "GSSAPI"
    case msk = "AWS_MSK_IAM"

    /// The module that Java's clients want for it.
    var module: LoginModule {
        switch self {
        case .plain: .plain
        case .scram256, .scram512: .scram
        case .oauthBearer: .oauthBearer
        case .kerberos: .kerberos
        case .msk: .msk
        }
    }
}

/// The callback handlers of Java's clients that mean something here.
enum LoginHandler {
    /// Kafka's own for OAuth, under its names of all versions.
    static let oauth: Set = [
        "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler",
        "org.apache.kafka.common.security.oauthbearer.secured.OAuthBearerLoginCallbackHandler",
    ]
    /// Kafka's own for unsigned tokens.
    static let unsecured: Set = [
        "org.apache.kafka.common.security.oauthbearer.internals.unsecured."
            + "OAuthBearerUnsecuredLoginCallbackHandler"
    ]
    /// Amazon's for MSK, over OAUTHBEARER and over its own mechanism.
    static let msk: Set = [
        "software.amazon.msk.auth.iam.IAMOAuthBearerLoginCallbackHandler",
        "software.amazon.msk.auth.iam.IAMClientCallbackHandler",
    ]
}
