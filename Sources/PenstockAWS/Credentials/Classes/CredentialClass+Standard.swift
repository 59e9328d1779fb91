internal import Penstock

extension CredentialClass {
    private static let sdk = "software.amazon.awssdk.auth.credentials."
    private static let sdkServices = "software.amazon.awssdk.services."
    private static let oldSDK = "com.amazonaws.auth."

    /// AWS's own chain, which is the default.
    package static let defaultChain = CredentialClass(
        [
            sdk + "DefaultCredentialsProvider", oldSDK + "DefaultAWSCredentialsProviderChain",
            sdk + "AwsCredentialsProviderChain",
        ]
    ) { CredentialChain(context: $0.context) }

    /// The classes of both SDKs for Java and of Confluent.
    static let standard: [CredentialClass] = [
        defaultChain, assumeRole,
        CredentialClass(
            [
                sdk + "EnvironmentVariableCredentialsProvider",
                oldSDK + "EnvironmentVariableCredentialsProvider",
            ]
        ) { EnvironmentCredentials($0.context.environment) },
        CredentialClass(
            [
                sdk + "ProfileCredentialsProvider", oldSDK + "profile.ProfileCredentialsProvider",
                sdkServices + "sso.auth.SsoCredentialsProvider",
                sdk + "ProcessCredentialsProvider", oldSDK + "ProcessCredentialsProvider",
            ], settings: [CredentialSetting("profile")]
        ) { ProfileCredentials(profile: $0.settings["profile"], context: $0.context) },
        CredentialClass([
            sdk + "WebIdentityTokenFileCredentialsProvider",
            sdkServices + "sts.auth.StsWebIdentityTokenFileCredentialsProvider",
            oldSDK + "WebIdentityTokenCredentialsProvider",
        ]) { WebIdentityCredentials(context: $0.context) },
        CredentialClass([
            sdk + "ContainerCredentialsProvider", oldSDK + "ContainerCredentialsProvider",
            oldSDK + "EC2ContainerCredentialsProviderWrapper",
        ]) { ContainerCredentials(context: $0.context) },
        CredentialClass([
            sdk + "InstanceProfileCredentialsProvider",
            oldSDK + "InstanceProfileCredentialsProvider",
        ]) { InstanceMetadataCredentials(context: $0.context) },
        CredentialClass(
            [sdk + "StaticCredentialsProvider", oldSDK + "AWSStaticCredentialsProvider"],
            takesAccessKey: true
        ) { (request) throws(CredentialError) in
            guard let accessKey = request.accessKey else {
                throw CredentialError(
                    .incomplete, "aws.access.key.id and aws.secret.access.key are not set.")
            }
            return accessKey
        },
    ]

    private static let assumeRole = CredentialClass(
        [
            "io.confluent.connect.aws.dynamodb.auth.AwsAssumeRoleCredentialsProvider",
            sdkServices + "sts.auth.StsAssumeRoleCredentialsProvider",
            oldSDK + "STSAssumeRoleSessionCredentialsProvider",
        ],
        settings: [
            .role("sts.role.arn"),
            .words("sts.role.session.name", 2...64, also: "_+=,.@-"),
            .words("sts.role.external.id", 2...1224, also: "_+=,.@:/-"),
            .seconds("sts.role.duration.seconds", 900...43_200),
        ], takesAccessKey: true
    ) { request in
        AssumeRole(
            arn: request.settings["sts.role.arn"] ?? "",
            sessionName: request.settings["sts.role.session.name"],
            externalID: request.settings["sts.role.external.id"],
            duration: request.settings["sts.role.duration.seconds"].flatMap { Int($0) }
                .map { .seconds($0) },
            region: request.region,
            credentials: request.accessKey, context: request.context)
    }
}
