import Penstock
import PenstockAWS
import PenstockIO
import Testing

@testable import PenstockDynamoDBSink

@Suite struct `Properties about credentials` {
    private static let prefix = "aws.dynamodb.credentials.provider."
    private static let role = "arn:aws:iam::123456789012:role/orders"

    private func provider(_ properties: [String: String]) throws -> any CredentialProvider {
        try DynamoDBSink(properties: properties).provider(
            AWSContext(environment: AWSEnvironment(variables: [:])))
    }

    private func faults(_ properties: [String: String]) -> [ConfigurationFault] {
        do throws(ConfigurationError) {
            _ = try DynamoDBSink(properties: properties)
            return []
        } catch { return error.faults }
    }

    @Test(arguments: [
        ("software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider", "CredentialChain"),
        ("com.amazonaws.auth.DefaultAWSCredentialsProviderChain", "CredentialChain"),
        ("DefaultCredentialsProvider", "CredentialChain"),
        (
            "software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider",
            "EnvironmentCredentials"
        ),
        ("com.amazonaws.auth.EnvironmentVariableCredentialsProvider", "EnvironmentCredentials"),
        ("com.amazonaws.auth.profile.ProfileCredentialsProvider", "ProfileCredentials"),
        (
            "software.amazon.awssdk.auth.credentials.ProcessCredentialsProvider",
            "ProfileCredentials"
        ),
        (
            "software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider",
            "WebIdentityCredentials"
        ),
        ("com.amazonaws.auth.WebIdentityTokenCredentialsProvider", "WebIdentityCredentials"),
        (
            "software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider",
            "ContainerCredentials"
        ),
        ("com.amazonaws.auth.EC2ContainerCredentialsProviderWrapper", "ContainerCredentials"),
        (
            "software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider",
            "InstanceMetadataCredentials"
        ),
        ("InstanceProfileCredentialsProvider", "InstanceMetadataCredentials"),
    ])
    func `the classes of both SDKs are known`(name: String, type: String) throws {
        let provider = try provider([Self.prefix + "class": name])
        #expect("\(Swift.type(of: provider))" == type)
    }

    @Test(arguments: [
        "io.confluent.connect.aws.dynamodb.auth.AwsAssumeRoleCredentialsProvider",
        "software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider",
        "AwsAssumeRoleCredentialsProvider",
    ])
    func `a role is taken on by its class`(name: String) throws {
        let provider = try provider([
            Self.prefix + "class": name, Self.prefix + "sts.role.arn": Self.role,
            Self.prefix + "sts.role.session.name": "orders",
            Self.prefix + "sts.role.external.id": "canary:1",
            "aws.access.key.id": "AKID", "aws.secret.access.key": "canary-2",
        ])
        #expect(provider is AssumeRole)
        #expect(!"\(provider)".contains("canary"))
    }

    @Test(arguments: [
        (["sts.role.session.name": "a"], ["sts.role.arn", "sts.role.session.name"]),
        (["sts.role.arn": "orders"], ["sts.role.arn"]),
        (
            ["sts.role.arn": "arn:aws:iam::1:role/x", "sts.role.duration.seconds": "60"],
            ["sts.role.duration.seconds"]
        ),
        (
            ["sts.role.arn": "arn:aws:iam::1:role/x", "sts.role.external.id": "a b"],
            ["sts.role.external.id"]
        ),
    ])
    func `what a role needs is checked before anything starts`(
        settings: [String: String], names: [String]
    ) {
        var properties = [Self.prefix + "class": "AwsAssumeRoleCredentialsProvider"]
        for (name, value) in settings { properties[Self.prefix + name] = value }
        #expect(faults(properties).map(\.property) == names.map { Self.prefix + $0 })
    }

    @Test func `an unknown class is told with the known ones`() throws {
        let fault = try #require(faults([Self.prefix + "class": "com.example.Vault"]).first)
        #expect(fault.property == Self.prefix + "class")
        #expect(fault.reason.contains("DefaultCredentialsProvider"))
        #expect(fault.reason.contains("AwsAssumeRoleCredentialsProvider"))
    }

    @Test func `a program registers a provider of its own under a name`() async throws {
        let name = "com.example.OwnCredentials"
        CredentialClass.register(name, settings: [CredentialSetting("path", isRequired: true)]) {
            Credentials(accessKeyID: $0["path"] ?? "", secretAccessKey: "s")
        }
        let provider = try provider([
            Self.prefix + "class": "OwnCredentials", Self.prefix + "path": "here",
        ])
        #expect(try await provider.credentials().accessKeyID == "here")
        #expect(faults([Self.prefix + "class": name]).map(\.property) == [Self.prefix + "path"])
    }

    @Test func `a setting may be written as its name alone`() throws {
        CredentialClass.register("com.example.VaultCredentials", settings: ["vault.path"]) {
            Credentials(accessKeyID: $0["vault.path"] ?? "aws/orders", secretAccessKey: "s")
        }
        let known = try #require(CredentialClass.known["VaultCredentials"])
        #expect(known.settings.map(\.name) == ["vault.path"])
        #expect(known.faults(in: [:], prefix: Self.prefix).isEmpty)
    }

    @Test func `a profile of the class's settings decides on certificate authorities`()
        async throws
    {
        let sink = try DynamoDBSink(properties: [
            Self.prefix + "class": "ProfileCredentialsProvider", Self.prefix + "profile": "orders",
        ])
        let environment = AWSEnvironment(variables: ["HOME": "/h"]) {
            $0 == "/h/.aws/config"
                ? Array(
                    """
                    [profile orders]
                    region = eu-north-1
                    ca_bundle = /none.pem
                    role_arn = arn:x
                    source_profile = orders
                    aws_access_key_id = KEY
                    aws_secret_access_key = CANARY
                    """.utf8) : nil
        }
        let provider = try sink.provider(
            AWSContext(environment: environment, http: HTTPClientConfiguration()))
        let error = await #expect(throws: CredentialError.self) {
            try await provider.credentials()
        }
        #expect(
            error?.description.contains("/none.pem, named by ca_bundle of the profile \"orders\"")
                == true)
    }

    @Test func `a static key wins, with its session token`() async throws {
        let provider = try provider([
            "aws.access.key.id": "ASIA1", "aws.secret.access.key": "s", "aws.session.token": "t",
        ])
        #expect(try await provider.credentials().sessionToken == "t")
        #expect(faults(["aws.session.token": "t"]).map(\.property) == ["aws.session.token"])
    }

    @Test func `keys given twice get one warning that says which wins`() throws {
        let keys = ["aws.access.key.id": "AKID", "aws.secret.access.key": "canary"]
        let environment = AWSEnvironment(variables: [
            "AWS_ACCESS_KEY_ID": "OTHER", "AWS_SECRET_ACCESS_KEY": "canary",
        ])
        var sink = try DynamoDBSink(
            properties: keys.merging([Self.prefix + "class": "ProfileCredentialsProvider"]) { $1 })
        sink.credentials = Credentials(accessKeyID: "P", secretAccessKey: "canary")
        let notices = sink.credentialNotices(environment)
        #expect(notices.map(\.property) == ["aws.access.key.id"])
        let explanation = try #require(notices.first?.explanation)
        #expect(explanation.contains("wins over"))
        #expect(explanation.contains("provider.class"))
        #expect(explanation.contains("program's own credentials"))
        #expect(explanation.contains("AWS_ACCESS_KEY_ID"))
        #expect(!explanation.contains("canary"))
    }

    @Test func `one way alone, and the same key twice, get none`() throws {
        let keys = ["aws.access.key.id": "AKID", "aws.secret.access.key": "s"]
        let same = AWSEnvironment(variables: [
            "AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": "s",
        ])
        #expect(try DynamoDBSink(properties: keys).credentialNotices(same) == [])
        let other = AWSEnvironment(variables: ["AWS_ACCESS_KEY_ID": "OTHER"])
        #expect(DynamoDBSink().credentialNotices(other) == [])
        // The role uses the file's key.
        let role = keys.merging([
            Self.prefix + "class": "AwsAssumeRoleCredentialsProvider",
            Self.prefix + "sts.role.arn": Self.role,
        ]) { $1 }
        #expect(try DynamoDBSink(properties: role).credentialNotices(other) == [])
    }

    @Test func `a setting that the class does not know gets the nearest name`() throws {
        let sink = try DynamoDBSink(properties: [
            Self.prefix + "class": "AwsAssumeRoleCredentialsProvider",
            Self.prefix + "sts.role.arn": Self.role,
            Self.prefix + "sts.role.external.ids": "canary",
        ])
        let notices = sink.credentialNotices(AWSEnvironment(variables: [:]))
        #expect(notices.map(\.property) == [Self.prefix + "sts.role.external.ids"])
        #expect(notices.first?.explanation.contains("sts.role.external.id?") == true)
        #expect(!"\(notices)".contains("canary"))
    }

    @Test(arguments: [
        "com.amazonaws.auth.DefaultAWSCredentialsProviderChain", "DefaultCredentialsProvider",
    ])
    func `the default under another name leaves the program's own credentials`(
        name: String
    ) async throws {
        var sink = try DynamoDBSink(properties: [Self.prefix + "class": name])
        sink.credentials = Credentials(accessKeyID: "OWN", secretAccessKey: "s")
        let context = AWSContext(environment: AWSEnvironment(variables: [:]))
        #expect(try await sink.provider(context).credentials().accessKeyID == "OWN")
        #expect(sink.credentialNotices(AWSEnvironment(variables: [:])) == [])
    }

    @Test func `a class that goes before the program's own credentials says so`() throws {
        var sink = try DynamoDBSink(properties: [
            Self.prefix + "class": "ProfileCredentialsProvider"
        ])
        sink.credentials = Credentials(accessKeyID: "OWN", secretAccessKey: "s")
        let notices = sink.credentialNotices(AWSEnvironment(variables: [:]))
        #expect(notices.map(\.property) == [Self.prefix + "class"])
    }

    @Test func `a proxy that is none is a fault, a user without a proxy a notice`() throws {
        #expect(
            faults(["aws.dynamodb.proxy.url": "ftp://canary:x@y"]).map(\.property)
                == ["aws.dynamodb.proxy.url"])
        #expect(
            !"\(faults(["aws.dynamodb.proxy.url": "ftp://canary:x@y"]))".contains("canary"))
        let sink = try DynamoDBSink(properties: ["aws.dynamodb.proxy.user": "u"])
        let notices = sink.credentialNotices(AWSEnvironment(variables: [:]))
        #expect(notices.map(\.property) == ["aws.dynamodb.proxy.user"])
    }
}
