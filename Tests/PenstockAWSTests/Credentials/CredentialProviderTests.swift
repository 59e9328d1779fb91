import Penstock
import PenstockAWS
import Testing

@Suite("Sources of credentials")
struct CredentialProviderTests {
    private func environment(
        _ variables: [String: String], _ files: [String: String] = [:]
    ) -> AWSEnvironment {
        let home = variables.merging(["HOME": "/h"]) { old, _ in old }
        return AWSEnvironment(variables: home) { files[$0].map { Array($0.utf8) } }
    }

    private let keys = ["AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": "secret-value"]

    private func error(of provider: some CredentialProvider) async -> CredentialError? {
        do throws(CredentialError) {
            _ = try await provider.credentials()
            return nil
        } catch { return error }
    }

    @Test("variables give keys, token and account; blank ones are not set")
    func variables() async throws {
        var variables = keys
        variables["AWS_SESSION_TOKEN"] = "token"
        variables["AWS_ACCOUNT_ID"] = "123456789012"
        let full = try await EnvironmentCredentials(environment(variables)).credentials()
        #expect(
            full
                == Credentials(
                    accessKeyID: "AKID", secretAccessKey: "secret-value", sessionToken: "token",
                    accountID: "123456789012"))
        variables["AWS_SESSION_TOKEN"] = " "
        variables["AWS_ACCOUNT_ID"] = ""
        let plain = try await EnvironmentCredentials(environment(variables)).credentials()
        #expect(plain == Credentials(accessKeyID: "AKID", secretAccessKey: "secret-value"))
        variables["AWS_ACCESS_KEY_ID"] = "\t"
        #expect(
            await error(of: EnvironmentCredentials(environment(variables)))?.code == .incomplete)
        #expect(
            await error(of: EnvironmentCredentials(environment([:])))?.code == .notConfigured)
    }

    @Test("white space around the parts is no part of them, and inside them it is an error")
    func whiteSpace() async throws {
        var variables = [
            "AWS_ACCESS_KEY_ID": "AKID\n", "AWS_SECRET_ACCESS_KEY": " secret-value\r\n",
            "AWS_SESSION_TOKEN": "token\n",
        ]
        #expect(
            try await EnvironmentCredentials(environment(variables)).credentials()
                == Credentials(
                    accessKeyID: "AKID", secretAccessKey: "secret-value", sessionToken: "token"))
        for bad in ["to\nken", "to ken", "to\u{1}ken", "t\u{F6}ken"] {
            variables["AWS_SESSION_TOKEN"] = bad
            let error = try #require(
                await error(of: EnvironmentCredentials(environment(variables))))
            #expect(error.code == .invalid)
            #expect(
                error.description == "The environment variables set credentials with a session "
                    + "token that holds spaces or control characters.")
        }
        let files = [
            "/h/.aws/config":
                "[default]\naws_access_key_id = A B\naws_secret_access_key = hush"
        ]
        let fault = try #require(
            await error(of: ProfileCredentials(environment: environment([:], files))))
        #expect(fault.code == .invalid && fault.description.contains("access key ID"))
    }

    @Test("a profile gives keys; the credentials file wins")
    func profile() async throws {
        let environment = environment(
            ["AWS_PROFILE": "work"],
            [
                "/h/.aws/config":
                    "[profile work]\naws_access_key_id = old\naws_session_token = token",
                "/h/.aws/credentials":
                    "[work]\naws_access_key_id = AKID\naws_secret_access_key = s\n"
                    + "[other]\naws_access_key_id = OTHER\naws_secret_access_key = s",
            ])
        #expect(
            try await ProfileCredentials(environment: environment).credentials()
                == Credentials(accessKeyID: "AKID", secretAccessKey: "s", sessionToken: "token"))
        #expect(
            try await ProfileCredentials(profile: "other", environment: environment).credentials()
                .accessKeyID == "OTHER")
    }

    @Test(
        "a profile that wants another way is refused by name",
        arguments: ["login_session"])
    func unsupportedProfile(property: String) async {
        let environment = environment(
            [:],
            [
                "/h/.aws/config":
                    "[default]\n\(property) = x\naws_access_key_id = a\naws_secret_access_key = b"
            ])
        let error = await error(of: ProfileCredentials(environment: environment))
        #expect(error?.code == .unsupported)
        #expect(error?.description.contains(property) == true)
    }

    @Test(
        "files that cannot be used say why and show nothing",
        arguments: [
            ("[default]\naws_access_key_id = a", CredentialError.Code.incomplete),
            ("[default]\naws_secret_access_key = hush", .incomplete),
            ("[default]\nregion = r", .notConfigured), ("", .notConfigured),
            ("hush", .unreadable), ("[default\nx = hush", .unreadable),
        ])
    func brokenFiles(text: String, code: CredentialError.Code) async {
        let environment = environment([:], ["/h/.aws/credentials": text])
        let error = await error(of: ProfileCredentials(environment: environment))
        #expect(error?.code == code)
        #expect(error?.description.contains("hush") == false)
    }

    @Test("a profile that was asked for has to exist")
    func missingProfile() async {
        let asked = ProfileCredentials(profile: "gone", environment: environment([:]))
        #expect(await error(of: asked)?.code == .unreadable)
    }

    @Test("the chain asks variables, then files; a profile named in code goes first")
    func order() async throws {
        let files = [
            "/h/.aws/credentials": "[default]\naws_access_key_id = FILE\naws_secret_access_key = s"
        ]
        #expect(
            try await CredentialChain(environment: environment(keys, files)).credentials()
                .accessKeyID == "AKID")
        #expect(
            try await CredentialChain(environment: environment([:], files)).credentials()
                .accessKeyID == "FILE")
        #expect(
            try await CredentialChain(profile: "default", environment: environment(keys, files))
                .credentials().accessKeyID == "FILE")
    }

    @Test("a source that was set up and fails ends the search")
    func failureEnds() async {
        let files = [
            "/h/.aws/credentials": "[default]\naws_access_key_id = FILE\naws_secret_access_key = s"
        ]
        let half = environment(["AWS_ACCESS_KEY_ID": "AKID"], files)
        #expect(await error(of: CredentialChain(environment: half))?.code == .incomplete)
    }

    @Test("an empty chain names all that was tried")
    func nothing() async throws {
        let environment = environment(["AWS_EC2_METADATA_DISABLED": "true"])
        let error = try #require(await error(of: CredentialChain(environment: environment)))
        #expect(error.code == .notConfigured)
        for word in [
            "AWS_ACCESS_KEY_ID", "profile \"default\"", "AWS_WEB_IDENTITY", "CONTAINER",
            "AWS_EC2_METADATA_DISABLED",
        ] {
            #expect(error.description.contains(word))
        }
    }

    @Test("the variables' old names are read where the new ones are not set")
    func oldNames() async throws {
        let old = ["AWS_ACCESS_KEY": "OLD", "AWS_SECRET_KEY": "old-secret"]
        #expect(
            try await EnvironmentCredentials(environment(old)).credentials()
                == Credentials(accessKeyID: "OLD", secretAccessKey: "old-secret"))
        let both = old.merging(keys) { $1 }
        #expect(
            try await EnvironmentCredentials(environment(both)).credentials().accessKeyID == "AKID")
    }

    @Test(
        "half a pair is incomplete, also with half of the other",
        arguments: [
            ["AWS_ACCESS_KEY"], ["AWS_SECRET_KEY"], ["AWS_ACCESS_KEY_ID", "AWS_SECRET_KEY"],
            ["AWS_ACCESS_KEY", "AWS_SECRET_ACCESS_KEY"],
            ["AWS_ACCESS_KEY", "AWS_SECRET_KEY", "AWS_ACCESS_KEY_ID"],
            ["AWS_ACCESS_KEY", "AWS_SECRET_KEY", "AWS_SECRET_ACCESS_KEY"],
        ])
    func halves(names: [String]) async {
        let variables = Dictionary(uniqueKeysWithValues: names.map { ($0, "hush") })
        let error = await error(of: EnvironmentCredentials(environment(variables)))
        #expect(error?.code == .incomplete)
        #expect(error?.description.contains("hush") == false)
    }

    @Test("variables say when their credentials end")
    func expiration() async throws {
        var variables = keys
        variables["AWS_CREDENTIAL_EXPIRATION"] = "2030-01-01T00:00:00Z"
        let credentials = try await EnvironmentCredentials(environment(variables)).credentials()
        #expect(credentials.expiration?.milliseconds == 1_893_456_000_000)
        variables["AWS_CREDENTIAL_EXPIRATION"] = "soon"
        #expect(await error(of: EnvironmentCredentials(environment(variables)))?.code == .invalid)
    }
}
