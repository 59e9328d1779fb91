import PenstockAWS

/// The texts of errors in the scenarios that are another client's own wording.
///
/// Programs act on codes here, so what is compared is the code that says the same.
enum ForeignWording {
    static let codes: [String: Set<CredentialError.Code>] = [
        // That client's name for a source that nobody set up.
        "the credential provider was not enabled": [.notConfigured],
        // The file breaks the grammar; ours names the line.
        "could not parse profile file": [.unreadable],
        // It passes on what its way of starting programs prints; ours names the exit code alone.
        "an error occurred while loading credentials: Error retrieving credentials: "
            + "external process exited with code exit status: 1": [.unavailable, .unreadable],
        // A profile for single sign-on without account and role gives a token and no credentials.
        "selected profile will resolve an access token instead of credentials": [
            .incomplete, .notConfigured,
        ],
    ]
}
