package import Penstock
internal import Synchronization

/// Keeps a provider's credentials until they are about to end.
///
/// Callers that find none at the same moment each ask the provider.
package final class CredentialCache: Sendable {
    private let provider: any CredentialProvider
    private let cached = Mutex<Credentials?>(nil)
    /// How long before their end credentials are renewed, in milliseconds.
    private static let margin: Int64 = 5 * 60 * 1000

    /// Keeps what a provider gives.
    package init(_ provider: any CredentialProvider) { self.provider = provider }

    /// The credentials that are there and have a while to go; nil where ``credentials(at:)`` has to
    /// be asked.
    package func current(at now: Timestamp) -> Credentials? {
        cached.withLock { $0 }.flatMap { $0.isGood(at: now, margin: Self.margin) ? $0 : nil }
    }

    /// Credentials that are good at a moment.
    ///
    /// Where renewing fails, those that are there serve until their very end.
    package func credentials(at now: Timestamp) async throws(CredentialError) -> Credentials {
        if let current = current(at: now) { return current }
        do {
            let fresh = try await provider.credentials()
            cached.withLock { $0 = fresh }
            return fresh
        } catch {
            guard let old = cached.withLock({ $0 }), old.isGood(at: now, margin: 0) else {
                throw error
            }
            return old
        }
    }

    /// Forgets credentials that AWS refused, unless others are there already.
    package func invalidate(_ refused: Credentials) {
        cached.withLock { if $0 == refused { $0 = nil } }
    }
}

extension Credentials {
    fileprivate func isGood(at now: Timestamp, margin: Int64) -> Bool {
        guard let expiration else { return true }
        return expiration.milliseconds > now.milliseconds + margin
    }
}
