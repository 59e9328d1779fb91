extension SettingRules {
    private static let brokersConcern = "No effect on a client: brokers check tokens by it."
    private static let noAssertion = "A grant by assertion does not exist here."

    /// How a client gets its token of an identity provider, for the mechanism OAUTHBEARER.
    static let identityProvider: [SettingRule] = [
        .init(
            "sasl.oauthbearer.token.endpoint.url", .all, .text, .login,
            "Where tokens come from: the identity provider's URL."),
        .init(
            "sasl.oauthbearer.client.credentials.client.id", .all, .text, .login,
            "Who asks the identity provider for a token."),
        .init(
            "sasl.oauthbearer.client.credentials.client.secret", .all, .secret, .login,
            "The secret of who asks the identity provider for a token."),
        .init(
            "sasl.oauthbearer.scope", .all, .text, .login, "What the token is asked for."),
        .init(
            "sasl.oauthbearer.header.urlencode", .all, .boolean, .login,
            "Whether id and secret are URL-encoded before they are sent."),
        .init(
            "sasl.oauthbearer.scope.claim.name", .all, .text, .login,
            "The claim of the token that holds its scope."),
        .init(
            "sasl.oauthbearer.sub.claim.name", .all, .text, .login,
            "The claim of the token that holds who logs in."),
        .init(
            "sasl.oauthbearer.jwt.retriever.class", .all, .className, .login,
            "The Java class that gets tokens; those of Kafka have an equal here."),
        .init(
            "sasl.oauthbearer.jwt.validator.class", .all, .className, .login,
            "The Java class that looks at tokens before they are used; those of Kafka may stand."),
        .init(
            "sasl.oauthbearer.assertion.algorithm", .all, .choice(["RS256", "ES256"]), .login,
            noAssertion),
        .init("sasl.oauthbearer.assertion.claim.aud", .all, .text, .login, noAssertion),
        .init(
            "sasl.oauthbearer.assertion.claim.exp.seconds", .all, .integer(0...86_400), .login,
            noAssertion),
        .init("sasl.oauthbearer.assertion.claim.iss", .all, .text, .login, noAssertion),
        .init("sasl.oauthbearer.assertion.claim.jti.include", .all, .boolean, .login, noAssertion),
        .init(
            "sasl.oauthbearer.assertion.claim.nbf.seconds", .all, .integer(0...3600), .login,
            noAssertion),
        .init("sasl.oauthbearer.assertion.claim.sub", .all, .text, .login, noAssertion),
        .init("sasl.oauthbearer.assertion.file", .all, .text, .login, noAssertion),
        .init("sasl.oauthbearer.assertion.private.key.file", .all, .text, .login, noAssertion),
        .init(
            "sasl.oauthbearer.assertion.private.key.passphrase", .all, .secret, .login,
            noAssertion),
        .init("sasl.oauthbearer.assertion.template.file", .all, .text, .login, noAssertion),
        .init("sasl.oauthbearer.clock.skew.seconds", .all, .int, .withoutEffect, brokersConcern),
        .init("sasl.oauthbearer.expected.audience", .all, .list, .withoutEffect, brokersConcern),
        .init("sasl.oauthbearer.expected.issuer", .all, .text, .withoutEffect, brokersConcern),
        .init(
            "sasl.oauthbearer.jwks.endpoint.refresh.ms", .all, .long, .withoutEffect,
            brokersConcern),
        .init(
            "sasl.oauthbearer.jwks.endpoint.retry.backoff.max.ms", .all, .long, .withoutEffect,
            brokersConcern),
        .init(
            "sasl.oauthbearer.jwks.endpoint.retry.backoff.ms", .all, .long, .withoutEffect,
            brokersConcern),
        .init("sasl.oauthbearer.jwks.endpoint.url", .all, .text, .withoutEffect, brokersConcern),
    ]
}
