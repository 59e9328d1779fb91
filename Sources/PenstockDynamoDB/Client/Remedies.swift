internal import Penstock
internal import PenstockAWS

/// What may help against a refused signature, each once a request: fresh credentials, the other
/// clock.
struct Remedies {
    private var renewedCredentials = false
    private var adoptedClock = false
    private var hasChance = false

    /// Looks at an error and applies what helps.
    mutating func note(
        _ error: DynamoDBError, refused credentials: Credentials, signedAt: Timestamp,
        date: String?, in client: DynamoDB
    ) {
        if error.code.isAboutCredentials, !renewedCredentials {
            renewedCredentials = true
            client.credentials.invalidate(credentials)
            hasChance = true
        } else if !adoptedClock, client.adoptClock(after: error, signedAt: signedAt, date: date) {
            adoptedClock = true
            hasChance = true
        }
    }

    /// Whether something was applied, so that the request is sent again at once.
    mutating func takeChance() -> Bool {
        defer { hasChance = false }
        return hasChance
    }
}
