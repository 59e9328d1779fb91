import Penstock
import PenstockAWS
import PenstockKafka
import TestServers

/// A provider of tokens such as a program has: of a minute, without a signature.
struct OwnTokens: TokenProvider {
    func token() async throws(TokenError) -> OAuthToken {
        let now = SystemClock.now()
        return OAuthToken(
            value: IdentityProvider.token(seconds: 60), principal: "penstock", issued: now,
            expiration: Timestamp(milliseconds: now.milliseconds + 60_000))
    }
}
