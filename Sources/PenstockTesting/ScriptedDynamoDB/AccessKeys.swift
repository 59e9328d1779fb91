import Penstock

/// The access keys that a server knows, each until its end; without any it takes every signature.
struct AccessKeys {
    private struct Entry {
        let sessionToken: String?
        let end: Timestamp?
    }

    private var entries: [String: Entry] = [:]

    mutating func know(_ accessKeyID: String, _ sessionToken: String?, until end: Timestamp?) {
        entries[accessKeyID] = Entry(sessionToken: sessionToken, end: end)
    }

    /// Why a request is refused that came with this key at a time.
    func refusal(
        of accessKeyID: String?, _ sessionToken: String?, at now: Timestamp
    ) -> ServiceFailure? {
        guard !entries.isEmpty else { return nil }
        guard let accessKeyID else {
            return ServiceFailure(
                "MissingAuthenticationTokenException", "Request is missing Authentication Token")
        }
        guard let entry = entries[accessKeyID], entry.sessionToken == sessionToken else {
            return ServiceFailure(
                "UnrecognizedClientException",
                "The security token included in the request is invalid.")
        }
        if let end = entry.end, end <= now {
            return ServiceFailure(
                "ExpiredTokenException", "The security token included in the request is expired")
        }
        return nil
    }
}
