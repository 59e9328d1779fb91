import Glibc
import Penstock
import PenstockDynamoDBSink
import PenstockKafka
import PenstockRuntime
import PenstockTesting
import TestServers
import Testing

/// Whatever the command and its parts write, no secret is part of it.
@Suite(.needsSecuredKafka) struct SecretTests {
    /// What stands in every secret's place.
    private static let canary = "kanarienvogel"

    /// Secrets by a way to log in, or by what is wrong with it.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var settings: [String: String]
        var environment: [String: String] = [:]

        init(
            _ name: String, _ settings: [String: String], environment: [String: String] = [:]
        ) {
            testDescription = name
            self.settings = settings
            self.environment = environment
        }
    }

    private static func jaas(_ mechanism: String, _ module: String, _ options: String) -> [String:
        String]
    {
        [
            "security.protocol": "SASL_PLAINTEXT", "sasl.mechanism": mechanism,
            "sasl.jaas.config": "\(module) required \(options);",
        ]
    }

    private static let kafka = "org.apache.kafka.common.security."
    private static let password = #"username="penstock" password="kanarienvogel""#

    static let cases = [
        Case("PLAIN", jaas("PLAIN", kafka + "plain.PlainLoginModule", password)),
        Case("SCRAM", jaas("SCRAM-SHA-512", kafka + "scram.ScramLoginModule", password)),
        Case(
            "librdkafka's names",
            [
                "security.protocol": "SASL_PLAINTEXT", "sasl.mechanism": "PLAIN",
                "sasl.username": "penstock", "sasl.password": canary,
            ]),
        Case(
            "a password that is given twice",
            jaas("PLAIN", kafka + "plain.PlainLoginModule", password).merging(
                ["sasl.password": canary]
            ) { $1 }),
        Case(
            "an identity provider",
            jaas(
                "OAUTHBEARER", kafka + "oauthbearer.OAuthBearerLoginModule",
                #"clientId="me" clientSecret="kanarienvogel" extension_key="kanarienvogel""#)),
        Case(
            "an identity provider, by properties",
            [
                "security.protocol": "SASL_PLAINTEXT", "sasl.mechanism": "OAUTHBEARER",
                "sasl.oauthbearer.client.credentials.client.id": "me",
                "sasl.oauthbearer.client.credentials.client.secret": canary,
            ]),
        Case(
            "an identity provider behind a proxy",
            jaas(
                "OAUTHBEARER", kafka + "oauthbearer.OAuthBearerLoginModule",
                #"clientId="me" clientSecret="kanarienvogel""#),
            environment: ["http_proxy": "http://me:kanarienvogel@127.0.0.1:1", "no_proxy": ""]),
        Case(
            "unsigned tokens with claims",
            jaas(
                "OAUTHBEARER", kafka + "oauthbearer.OAuthBearerLoginModule",
                #"unsecuredLoginStringClaim_sub="a b" unsecuredLoginStringClaim_x="kanarienvogel""#)
        ),
        Case(
            "Amazon MSK",
            jaas(
                "AWS_MSK_IAM", "software.amazon.msk.auth.iam.IAMLoginModule",
                #"awsRoleExternalId="kanarienvogel" awsStsRegion="us-east-1""#),
            environment: [
                "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": canary,
                "AWS_SESSION_TOKEN": canary, "AWS_REGION": "us-east-1",
            ]),
        Case("an unknown module", jaas("PLAIN", "org.example.LoginModule", password)),
        Case(
            "a line that ends in the middle",
            [
                "security.protocol": "SASL_PLAINTEXT", "sasl.mechanism": "PLAIN",
                "sasl.jaas.config": kafka
                    + #"plain.PlainLoginModule required password="kanarienvogel"#,
            ]),
        Case(
            "stores",
            [
                "security.protocol": "SSL", "ssl.truststore.location": "/etc/hostname",
                "ssl.truststore.password": canary, "ssl.keystore.location": "/etc/hostname",
                "ssl.keystore.password": canary, "ssl.key.password": canary,
            ]),
        Case(
            "PEM texts",
            [
                "security.protocol": "SSL", "ssl.key.password": canary,
                "ssl.truststore.type": "PEM", "ssl.keystore.type": "PEM",
                "ssl.truststore.certificates": "-----BEGIN CERTIFICATE----- kanarienvogel",
                "ssl.keystore.key": "-----BEGIN PRIVATE KEY----- kanarienvogel",
                "ssl.keystore.certificate.chain": "-----BEGIN CERTIFICATE----- kanarienvogel",
            ]),
    ]

    /// The texts of a case's two files; the sink's own secrets are canaries, too.
    private static func files(
        _ given: Case, _ scenario: SinkScenario, tokenEndpoint: String
    ) -> [String] {
        var settings = given.settings
        if settings["sasl.mechanism"] == "OAUTHBEARER" {
            settings["sasl.oauthbearer.token.endpoint.url"] = tokenEndpoint
        }
        settings["debug"] = "all"
        let address = SecuredBroker.Listener.login.address
        var texts = scenario.connectFiles(settings, address: address)
        texts[1] = texts[1].replacing(
            "aws.secret.access.key=secret", with: "aws.secret.access.key=\(canary)")
        texts[1] += "aws.session.token=\(canary)\naws.dynamodb.proxy.password=\(canary)\n"
        return texts
    }

    /// Runs `body` with the files of a case; the identity provider's token is a canary.
    private static func run(
        _ given: Case, _ body: (SinkScenario, [String]) async throws -> Void
    ) async throws {
        let token = #"{"access_token":"\#(canary).\#(canary).\#(canary)","expires_in":60}"#
        let identity = try IdentityProvider(.answer(status: 200, body: token))
        defer { identity.stop() }
        try await SinkScenario.run { scenario in
            try await body(
                scenario, files(given, scenario, tokenEndpoint: identity.endpoint))
        }
    }

    @Test(
        .needsCommand, .timeLimit(.minutes(3)), arguments: cases,
        [
            ["validate"], ["validate", "--clients"],
            ["validate", "--clients", "--log-format", "json"],
            ["run", "--log-level", "debug"],
            ["run", "--log-level", "debug", "--log-format", "json"],
        ])
    func `no secret is written`(given: Case, call: [String]) async throws {
        try await Self.run(given) { scenario, files in
            let process = try scenario.start(files, environment: given.environment, call: call)
            if try await process.end(atMost: .seconds(call[0] == "run" ? 4 : 60)) == nil {
                process.send(SIGTERM)
                _ = try await process.end()
            }
            let written = process.output + process.errors
            #expect(!written.contains(Self.canary), "\(written)")
            #expect(!written.isEmpty)
        }
    }

    @Test(.timeLimit(.minutes(1)), arguments: cases)
    func `no secret shows in a description or a dump`(given: Case) async throws {
        try await Self.run(given) { scenario, files in
            var shown = ""
            do {
                let runner = try scenario.runner(files)
                shown = "\(runner)" + String(reflecting: runner)
                dump(runner, to: &shown)
            } catch let error as ConfigurationError {
                shown = "\(error)" + String(reflecting: error)
                dump(error, to: &shown)
            }
            let paths = try files.enumerated().map {
                try scenario.folder.write($1, to: "again-\($0).properties")
            }
            let configuration = try ConnectorConfiguration(propertiesFiles: paths)
            shown += "\(configuration)" + String(reflecting: configuration)
            dump(configuration, to: &shown)
            #expect(!shown.contains(Self.canary), "\(shown.prefix(2000))")
        }
    }
}
