extension SettingRules {
    private static let noKerberosTool = "No effect: librdkafka renews Kerberos tickets its own way."
    private static let ownBackoff =
        "No effect: an identity provider is asked again after half a second to half a minute."
    private static let noLoginThread = "No effect: tokens are renewed at 80 % of their life."

    /// How a client logs in, by SASL.
    static let login: [SettingRule] = [
        .init(
            "sasl.mechanism", .all, .text, .login,
            "The mechanism to log in by, such as PLAIN or SCRAM-SHA-512."),
        .init(
            "sasl.jaas.config", .all, .secret, .login,
            "Who logs in and with what, as a line of Java's login configuration."),
        .init(
            "sasl.client.callback.handler.class", .all, .className, .login,
            "The Java class that answers the mechanism; those of Amazon MSK have an equal here."),
        .init(
            "sasl.login.callback.handler.class", .all, .className, .login,
            "The Java class that gets tokens; those of OAuth and Amazon MSK have an equal here."),
        .init(
            "sasl.login.class", .all, .className, .login,
            "The Java class that logs in; must be empty."),
        .init(
            "sasl.login.connect.timeout.ms", .all, .int, .login,
            "How long connecting to the identity provider may take."),
        .init(
            "sasl.login.read.timeout.ms", .all, .int, .login,
            "How long an answer of the identity provider may take."),
        .init("sasl.login.retry.backoff.ms", .all, .long, .withoutEffect, ownBackoff),
        .init("sasl.login.retry.backoff.max.ms", .all, .long, .withoutEffect, ownBackoff),
        .init(
            "sasl.login.refresh.buffer.seconds", .all, .integer(0...3600), .withoutEffect,
            noLoginThread),
        .init(
            "sasl.login.refresh.min.period.seconds", .all, .integer(0...900), .withoutEffect,
            noLoginThread),
        .init(
            "sasl.login.refresh.window.factor", .all, .number(0.5...1), .withoutEffect,
            noLoginThread),
        .init(
            "sasl.login.refresh.window.jitter", .all, .number(0...0.25), .withoutEffect,
            noLoginThread),
        .init(
            "sasl.kerberos.service.name", .all, .text, .login,
            "The brokers' name in Kerberos."),
        .init("sasl.kerberos.kinit.cmd", .all, .text, .withoutEffect, noKerberosTool),
        .init(
            "sasl.kerberos.min.time.before.relogin", .all, .long, .login,
            "How often a Kerberos ticket is renewed at most."),
        .init("sasl.kerberos.ticket.renew.jitter", .all, .double, .withoutEffect, noKerberosTool),
        .init(
            "sasl.kerberos.ticket.renew.window.factor", .all, .double, .withoutEffect,
            noKerberosTool),
    ]
}
