/// A source of credentials.
///
/// A provider that has nothing to say throws ``CredentialError`` with the code
/// ``CredentialError/Code/notConfigured``; a chain then asks the next. Every other error means that
/// somebody meant this source and it failed.
public protocol CredentialProvider: Sendable {
    /// Gives credentials that are good now, or says why there are none.
    ///
    /// Called when there are none yet, when the last ones are about to end, and when AWS refused
    /// them; not once per request. Cancelling the task ends the wait.
    ///
    /// - Throws: ``CredentialError``. Whatever its code, the provider is asked again when somebody
    ///   needs credentials and a delay is over. What the code decides is who waits for that: a
    ///   connector starts with `unavailable` and tries again, and ends with every other code.
    func credentials() async throws(CredentialError) -> Credentials
}

extension Credentials: CredentialProvider {
    /// These credentials.
    public func credentials() async throws(CredentialError) -> Credentials { self }
}
