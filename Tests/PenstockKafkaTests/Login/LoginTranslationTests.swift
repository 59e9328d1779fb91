import Penstock
import Testing

@testable import PenstockKafka

@Suite struct `Settings of a login` {
    static let plain =
        #"org.apache.kafka.common.security.plain.PlainLoginModule required username="alice" "#
        + #"password="canary-1";"#
    static let scram =
        #"org.apache.kafka.common.security.scram.ScramLoginModule required username="alice" "#
        + #"password="canary-2";"#
    static let oauth =
        "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required "
    static let msk = "software.amazon.msk.auth.iam.IAMLoginModule required"

    private func translated(
        _ settings: [String: String], suppliesTokens: Bool = false, newer: Bool = false
    ) -> TranslatedSettings {
        var source = ClientSettingSource(connector: "orders", worker: settings)
        source.suppliesTokens = suppliesTokens
        var library = LibraryProperties.linked
        library.version = newer ? LibraryVersion(2, 16) : LibraryVersion(2, 0, 2)
        return source.translated(for: .consumer, library: library)
    }

    private func errors(_ settings: TranslatedSettings) -> [String] {
        settings.findings.filter { $0.level == .error }.map { "\($0.property): \($0.explanation)" }
    }

    @Test(arguments: ["PLAIN", "plain", "SCRAM-SHA-256", "SCRAM-SHA-512"])
    func `user and password come out of the login module`(mechanism: String) {
        let isPlain = mechanism.lowercased() == "plain"
        let result = translated(
            [
                "security.protocol": "SASL_SSL", "sasl.mechanism": mechanism,
                "sasl.jaas.config": isPlain ? Self.plain : Self.scram,
            ], newer: true)
        #expect(errors(result) == [])
        #expect(result.library["sasl.mechanisms"] == mechanism.uppercased())
        #expect(result.library["sasl.username"] == "alice")
        #expect(result.library["sasl.password"] == (isPlain ? "canary-1" : "canary-2"))
        #expect(!"\(result.findings)".contains("canary"))
    }

    @Test func `the library's own names do as well`() {
        let result = translated([
            "security.protocol": "sasl_ssl", "sasl.mechanisms": "PLAIN", "sasl.username": "bob",
            "sasl.password": "canary-3",
        ])
        #expect(errors(result) == [])
        #expect(result.library["sasl.username"] == "bob")
        #expect(result.library["sasl.password"] == "canary-3")
    }

    @Test func `SCRAM with an old library gets a warning that names both versions`() {
        let settings = [
            "security.protocol": "SASL_SSL", "sasl.mechanism": "SCRAM-SHA-512",
            "sasl.jaas.config": Self.scram,
        ]
        let warning = translated(settings).findings.first { $0.level == .warning }
        #expect(warning?.explanation.contains("2.0.2") == true)
        #expect(warning?.explanation.contains("2.6.1") == true)
        #expect(!translated(settings, newer: true).findings.contains { $0.level == .warning })
    }

    @Test(arguments: [
        (["sasl.mechanism": "PLAIN", "sasl.jaas.config": "nonsense"], "sasl.jaas.config"),
        (["sasl.mechanism": "PLAIN", "sasl.jaas.config": "a.b.C required;"], "sasl.jaas.config"),
        (["sasl.mechanism": "PLAIN", "sasl.jaas.config": Self.scram], "sasl.jaas.config"),
        (
            ["sasl.mechanism": "PLAIN", "sasl.jaas.config": Self.plain, "sasl.password": "x"],
            "sasl.password"
        ),
        (["sasl.mechanism": "PLAIN", "sasl.username": "x"], "sasl.mechanism"),
        (["sasl.mechanism": "DIGEST-MD5"], "sasl.mechanism"),
        (["sasl.mechanism": "OAUTHBEARER"], "sasl.mechanism"),
        (
            [
                "sasl.mechanism": "OAUTHBEARER",
                "sasl.login.callback.handler.class": "com.example.Handler",
            ], "sasl.login.callback.handler.class"
        ),
        (
            [
                "sasl.mechanism": "SCRAM-SHA-256",
                "sasl.jaas.config":
                    "org.apache.kafka.common.security.scram.ScramLoginModule required "
                    + "tokenauth=true username=a password=b;",
            ], "sasl.jaas.config"
        ),
        (
            [
                "sasl.mechanism": "OAUTHBEARER", "sasl.oauthbearer.token.endpoint.url": "https://i",
                "sasl.jaas.config": Self.oauth + "clientId=a;",
            ], "sasl.jaas.config"
        ),
        (
            [
                "sasl.mechanism": "OAUTHBEARER", "sasl.oauthbearer.token.endpoint.url": "https://i",
                "sasl.jaas.config": Self.oauth + "clientId=a clientSecret=b extension_auth=c;",
            ], "sasl.jaas.config"
        ),
        (
            [
                "sasl.mechanism": "PLAIN", "sasl.jaas.config": Self.plain,
                "sasl.client.callback.handler.class": "com.example.Handler",
            ], "sasl.client.callback.handler.class"
        ),
        (
            [
                "sasl.mechanism": "AWS_MSK_IAM", "sasl.jaas.config": Self.msk + ";",
                "sasl.client.callback.handler.class": "com.example.Handler",
            ], "sasl.client.callback.handler.class"
        ),
        (
            [
                "sasl.mechanism": "AWS_MSK_IAM",
                "sasl.jaas.config": Self.msk + " awsRoleAccessKeyId=canary;",
            ], "sasl.jaas.config"
        ),
        (
            ["sasl.mechanism": "GSSAPI", "sasl.kerberos.principal": "x; touch canary"],
            "sasl.kerberos.principal"
        ),
        (
            [
                "sasl.mechanism": "GSSAPI",
                "sasl.jaas.config": "com.sun.security.auth.module.Krb5LoginModule required "
                    + #"keyTab="/k$(canary)";"#,
            ], "sasl.jaas.config"
        ),
    ])
    func `what cannot work is one error at the right property`(
        settings: [String: String], property: String
    ) {
        let result = translated(
            settings.merging(["security.protocol": "SASL_SSL"]) { own, _ in own })
        // A library may be built without Kerberos, which is an error of its own.
        let refused = result.findings.filter {
            $0.level == .error && !$0.explanation.contains("was built without")
        }
        #expect(refused.map(\.property) == [property], "\(refused)")
        #expect(!"\(result.findings)".contains("canary"))
    }

    @Test func `a login without SASL gets a warning with the remedy`() {
        let result = translated(["sasl.mechanism": "PLAIN", "sasl.jaas.config": Self.plain])
        #expect(errors(result) == [])
        let warnings = result.findings.filter { $0.level == .warning }
        #expect(warnings.map(\.property) == ["sasl.jaas.config"])
        #expect(warnings.first?.explanation.contains("SASL_SSL") == true)
        #expect(result.library["sasl.password"] == nil)
    }

    @Test(arguments: [
        [
            "sasl.jaas.config": Self.oauth
                + #"clientId="me" clientSecret="canary-4" scope="kafka" extension_tenant="t1";"#
        ],
        [
            "sasl.oauthbearer.client.credentials.client.id": "me",
            "sasl.oauthbearer.client.credentials.client.secret": "canary-4",
            "sasl.oauthbearer.scope": "kafka",
            "sasl.jaas.config": Self.oauth + #"extension_tenant="t1";"#,
        ],
        [
            "sasl.oauthbearer.method": "oidc", "sasl.oauthbearer.client.id": "me",
            "sasl.oauthbearer.client.secret": "canary-4", "sasl.oauthbearer.scope": "kafka",
            "sasl.oauthbearer.extensions": "tenant=t1",
        ],
        [
            "sasl.jaas.config": Self.oauth
                + #"clientId="me" clientSecret="canary-4" scope="kafka" extension_tenant="t1";"#,
            "sasl.login.callback.handler.class":
                "org.apache.kafka.common.security.oauthbearer.secured.OAuthBearerLoginCallbackHandler",
        ],
    ])
    func `client credentials have three spellings`(settings: [String: String]) {
        let common = [
            "security.protocol": "SASL_SSL", "sasl.mechanism": "OAUTHBEARER",
            "sasl.oauthbearer.token.endpoint.url": "https://id.example.com/token",
        ]
        let result = translated(settings.merging(common) { own, _ in own })
        #expect(errors(result) == [])
        guard case .clientCredentials(let source, _)? = result.tokenSource else {
            return #expect(Bool(false), "no token source")
        }
        #expect(source.endpoint == "https://id.example.com/token")
        #expect(source.clientID == "me")
        #expect(source.clientSecret.revealed == "canary-4")
        #expect(source.scope == "kafka")
        #expect(source.extensions == ["tenant": "t1"])
        #expect(result.library["sasl.mechanisms"] == "OAUTHBEARER")
        #expect(!result.library.values.contains { $0.contains("canary") })
        #expect(!"\(result.findings) \(source)".contains("canary"))
    }

    @Test(arguments: [
        ["sasl.mechanism": "AWS_MSK_IAM", "sasl.jaas.config": Self.msk + #" awsRoleArn="arn:r";"#],
        [
            "sasl.mechanism": "AWS_MSK_IAM",
            "sasl.jaas.config": Self.msk + #" awsRoleArn="arn:r";"#,
            "sasl.client.callback.handler.class":
                "software.amazon.msk.auth.iam.IAMClientCallbackHandler",
        ],
        [
            "sasl.mechanism": "OAUTHBEARER",
            "sasl.jaas.config": Self.oauth + #"awsRoleArn="arn:r";"#,
            "sasl.login.callback.handler.class":
                "software.amazon.msk.auth.iam.IAMOAuthBearerLoginCallbackHandler",
        ],
    ])
    func `Amazon MSK has both spellings`(settings: [String: String]) {
        let common = [
            "security.protocol": "SASL_SSL",
            "bootstrap.servers": "b-1.o.a.c2.kafka.eu-west-1.amazonaws.com:9098",
        ]
        let result = translated(settings.merging(common) { own, _ in own })
        #expect(errors(result) == [])
        var login = MSKLogin()
        login.region = "eu-west-1"
        login.roleARN = "arn:r"
        #expect(result.tokenSource == .msk(login))
        #expect(result.library["sasl.mechanisms"] == "OAUTHBEARER")
    }

    @Test func `unsigned tokens are made by the library, with a warning`() {
        let result = translated([
            "security.protocol": "SASL_PLAINTEXT", "sasl.mechanism": "OAUTHBEARER",
            "sasl.jaas.config": Self.oauth + #"unsecuredLoginStringClaim_sub="penstock";"#,
        ])
        #expect(errors(result) == [])
        #expect(result.library["enable.sasl.oauthbearer.unsecure.jwt"] == "true")
        #expect(result.library["sasl.oauthbearer.config"] == "principal=penstock")
        #expect(result.findings.contains { $0.level == .warning })
    }

    @Test func `a program's own tokens go before everything else`() {
        let result = translated(
            ["security.protocol": "SASL_SSL", "sasl.mechanism": "OAUTHBEARER"],
            suppliesTokens: true)
        #expect(errors(result) == [])
        #expect(result.tokenSource == .program)
    }

    @Test func `Kerberos takes the module's options`() {
        let result = translated([
            "security.protocol": "SASL_SSL",
            "sasl.jaas.config": #"com.sun.security.auth.module.Krb5LoginModule required "#
                + #"useKeyTab=true storeKey=true keyTab="/etc/k" principal="p@R" serviceName="s";"#,
        ])
        #expect(result.library["sasl.kerberos.keytab"] == "/etc/k")
        #expect(result.library["sasl.kerberos.principal"] == "p@R")
        #expect(result.library["sasl.kerberos.service.name"] == "s")
        #expect(result.library["sasl.kerberos.kinit.cmd"] == nil)
    }
}
