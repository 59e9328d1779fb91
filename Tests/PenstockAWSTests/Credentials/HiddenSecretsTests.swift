import PenstockIO
import Testing

@testable import PenstockAWS

/// Whatever holds a secret can be printed and dumped without showing it.
@Suite struct `Secrets in descriptions` {
    static let environment = AWSEnvironment(
        variables: [
            "AWS_ACCESS_KEY_ID": "canary-id", "AWS_SECRET_ACCESS_KEY": "canary-secret",
            "AWS_SESSION_TOKEN": "canary-token", "AWS_CONTAINER_AUTHORIZATION_TOKEN": "canary-auth",
            "HTTPS_PROXY": "http://user:canary-proxy@127.0.0.1:1", "HOME": "/home",
        ],
        readFile: { _ in Array("[default]\naws_secret_access_key = canary-file\n".utf8) })

    static let holders: [any Sendable] = {
        let context = AWSContext(environment: environment)
        let static_ = Credentials(
            accessKeyID: "AKIA", secretAccessKey: "canary-static", sessionToken: "canary-session")
        return [
            environment, context, static_, EnvironmentCredentials(environment),
            ProfileCredentials(context: context), WebIdentityCredentials(context: context),
            ContainerCredentials(context: context), InstanceMetadataCredentials(context: context),
            CredentialChain(context: context), CredentialCache(static_),
            AssumeRole(
                arn: "arn:aws:iam::1:role/x", externalID: "canary-external", credentials: static_,
                context: context),
            CredentialClassRequest(
                settings: ["sts.role.external.id": "canary-setting"], accessKey: static_,
                context: context),
            CredentialError(.refused, "no"),
        ]
    }()

    @Test(arguments: 0..<holders.count)
    func `are hidden`(index: Int) {
        let holder = Self.holders[index]
        var dumped = ""
        dump(holder, to: &dumped)
        let shown = "\(holder) \(String(reflecting: holder)) \(dumped)"
        #expect(!shown.contains("canary"), "\(type(of: holder))")
    }
}
