internal import Penstock

/// A token of single sign-on as AWS's tools keep it in a file.
///
/// What the file holds beside stays in it when the token is renewed.
struct SSOToken: Sendable {
    /// The token itself.
    let accessToken: String
    /// When it ends.
    let expiration: Timestamp
    private let refreshToken: String?
    private let clientID: String?
    private let clientSecret: String?
    private let registrationExpiration: Timestamp?
    /// The file's content.
    private let file: Value

    /// How long before its end, in milliseconds, a token is renewed.
    private static let margin: Int64 = 15 * 60 * 1000

    /// Reads a file's content; nil where it is no token.
    init?(_ bytes: [UInt8]) {
        guard let file = try? Value(json: bytes, maximumDepth: 16),
            let token = file.text("accessToken"), token.utf8.allSatisfy({ 0x21...0x7E ~= $0 }),
            let expiration = file.text("expiresAt").flatMap({ Timestamp(iso8601: $0) })
        else { return nil }
        self.file = file
        accessToken = token
        self.expiration = expiration
        refreshToken = file.text("refreshToken")
        clientID = file.text("clientId")
        clientSecret = file.text("clientSecret")
        registrationExpiration = file.text("registrationExpiresAt")
            .flatMap { Timestamp(iso8601: $0) }
    }

    /// Whether it can be used.
    func isGood(at now: Timestamp) -> Bool { expiration > now }

    /// Whether it ends soon or has ended.
    func isDue(at now: Timestamp) -> Bool {
        expiration.milliseconds <= now.milliseconds + Self.margin
    }

    /// What an error must not show.
    var secrets: [String?] { [accessToken, refreshToken, clientSecret] }

    /// The body of a request for a new token; nil where this one was not given for that.
    func renewal(at now: Timestamp) -> [UInt8]? {
        guard let refreshToken, let clientID, let clientSecret,
            let registrationExpiration, registrationExpiration > now
        else { return nil }
        return JSONText.object([
            "clientId": clientID, "clientSecret": clientSecret, "grantType": "refresh_token",
            "refreshToken": refreshToken,
        ])
    }

    /// The content of the file with what an answer to ``renewal(at:)`` brought; nil where that is no
    /// answer.
    func renewed(with answer: [UInt8], at now: Timestamp) -> [UInt8]? {
        guard let answer = try? Value(json: answer, maximumDepth: 16),
            let token = answer.text("accessToken"),
            let seconds = answer["expiresIn"]?.integer, 1...31_536_000 ~= seconds,
            let end = Timestamp(milliseconds: now.milliseconds + seconds * 1000).iso8601
        else { return nil }
        var changes = ["accessToken": token, "expiresAt": end]
        // Where none came, the old one goes on.
        if let refreshToken = answer.text("refreshToken") { changes["refreshToken"] = refreshToken }
        return JSONText.object(changes, over: file)
    }
}
