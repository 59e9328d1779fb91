import Penstock

/// The settings of one Kafka client in the library's terms, and what became of the user's own.
package struct TranslatedSettings: Sendable {
    /// Name and value of every setting the library is given.
    package var library: [String: String] = [:]
    /// What there is to say about the user's settings, by name.
    package var findings: [SettingFinding] = []
    /// How many records a task receives at once (`max.poll.records`).
    package var maximumPollRecords = 500
    /// How old the list of topics may grow (`metadata.max.age.ms`).
    package var metadataMaximumAge: Duration = .seconds(300)
    /// Where the tokens of SASL/OAUTHBEARER come from, where the clients log in by them.
    package var tokenSource: TokenSource?
    /// What supplies the client with tokens; set by who runs it.
    package var tokens: TokenFeed?
    /// For each setting that comes from one of the user's properties, that property.
    var origins: [String: String] = [:]

    package init() {}

    /// Settings in the library's own terms, with nothing translated.
    package init(library: [String: String]) { self.library = library }

    /// Whether the client must not be started.
    package var isRefused: Bool { findings.contains { $0.level == .error } }
}
