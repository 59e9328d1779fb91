// Every way to AWS credentials, as a program writes it; says which of them answers here.

import PenstockAWS

struct VaultCredentials: CredentialProvider {
    var path: String

    func credentials() async throws(CredentialError) -> Credentials {
        throw CredentialError(.unavailable, "The vault at \(path) is sealed.")
    }
}

CredentialClass.register("com.example.VaultCredentials", settings: [CredentialSetting("path")]) {
    settings in
    VaultCredentials(path: settings["path"] ?? "aws/orders")
}

let ways: [(name: String, provider: any CredentialProvider)] = [
    ("the chain", CredentialChain()),
    ("a static access key", Credentials(accessKeyID: "AKIAEXAMPLE", secretAccessKey: "secret")),
    ("environment variables", EnvironmentCredentials()),
    ("a profile", ProfileCredentials(profile: "orders")),
    ("a role", AssumeRole(arn: "arn:aws:iam::123456789012:role/orders", externalID: "penstock")),
    ("a web identity", WebIdentityCredentials()),
    ("a container", ContainerCredentials()),
    ("an instance", InstanceMetadataCredentials()),
    (
        "single sign-on",
        SSOCredentials(
            startURL: "https://example.awsapps.com/start", region: "eu-west-1",
            account: "123456789012", role: "Orders", session: "example")
    ),
    ("a program", ProcessCredentials(command: "/usr/local/bin/aws-login --account orders")),
    ("a program's own provider", VaultCredentials(path: "aws/orders")),
    (
        "several",
        CredentialChain([
            .init("vault", VaultCredentials(path: "aws/orders")),
            .init("instance", InstanceMetadataCredentials()),
        ])
    ),
]

for way in ways {
    do {
        let credentials = try await way.provider.credentials()
        print("\(way.name): \(credentials.accessKeyID.prefix(4))...")
    } catch {
        print("\(way.name): \(error)")
    }
}
