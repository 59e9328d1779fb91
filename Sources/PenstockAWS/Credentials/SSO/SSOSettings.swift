/// Which account and role of which sign-on are meant.
struct SSOSettings: Hashable, Sendable {
    /// Where people sign on.
    var startURL: String
    /// The region of the sign-on, which need not be that of the work.
    var region: String
    /// The account; nil where only a token is meant.
    var accountID: String?
    /// The role in the account; nil where only a token is meant.
    var roleName: String?
    /// The name of the session that tokens are kept under; nil in the older form, which keeps them
    /// under the start URL.
    var session: String?
    /// The profile that says all this, for messages.
    var profile: String?

    /// What the token's file is named after.
    var cacheKey: String { session ?? startURL }

    /// What a person has to type in for a new token.
    var loginCommand: String {
        if let profile { return "aws sso login --profile \(profile)" }
        return session.map { "aws sso login --sso-session \($0)" } ?? "aws sso login"
    }
}
