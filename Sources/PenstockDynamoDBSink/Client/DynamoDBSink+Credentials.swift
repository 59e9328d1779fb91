public import Penstock
import PenstockAWS

extension DynamoDBSink {
    /// What the settings of a class that provides credentials begin with.
    static let credentialsPrefix = "aws.dynamodb.credentials.provider."
    private static let classProperty = credentialsPrefix + "class"

    /// The static access key, where there is a whole one.
    private var accessKey: Credentials? {
        guard let accessKeyID, let secretAccessKey else { return nil }
        return Credentials(
            accessKeyID: accessKeyID.revealed, secretAccessKey: secretAccessKey.revealed,
            sessionToken: sessionToken?.revealed)
    }

    /// The class's own settings: the property that names it has the same prefix.
    private var ownSettings: [String: String] {
        credentialsSettings.filter { $0.key != "class" && !$0.value.isEmpty }
    }

    /// Whether another class than the default is named, by whichever of its names.
    private var namesClass: Bool {
        CredentialClass.known[credentialsClass]?.names != CredentialClass.defaultChain.names
    }

    /// Where the credentials come from.
    ///
    /// As in Confluent's sink a static access key wins, except over a class that makes use of it,
    /// such as the one that assumes a role.
    func provider(_ context: AWSContext) throws(TaskError) -> any CredentialProvider {
        let named = CredentialClass.known[credentialsClass]
        if let accessKey, named?.takesAccessKey != true { return accessKey }
        if let credentials, !namesClass { return credentials }
        guard let named else {
            throw .fatal("\(Self.classProperty) names a class that is not known")
        }
        let request = CredentialClassRequest(
            settings: ownSettings, accessKey: accessKey,
            region: try findRegion(context.environment), context: context)
        do throws(CredentialError) { return try named.make(request) } catch {
            throw .fatal("\(named) gives no credentials", cause: error)
        }
    }

    /// What the provider is called in a report.
    var providerName: String {
        let named = CredentialClass.known[credentialsClass]
        if accessKey != nil, named?.takesAccessKey != true { return "aws.access.key.id" }
        if credentials != nil, !namesClass { return "the program's own credentials" }
        return String(credentialsClass.split(separator: ".").last ?? "")
    }

    /// What is wrong with the properties about credentials.
    func credentialFaults() -> [ConfigurationFault] {
        var faults: [ConfigurationFault] = []
        if (accessKeyID == nil) != (secretAccessKey == nil) {
            faults.append(
                ConfigurationFault(
                    property: accessKeyID == nil ? "aws.access.key.id" : "aws.secret.access.key",
                    reason: "must be set, since the other half of the access key is"))
        }
        if sessionToken != nil, accessKeyID == nil {
            faults.append(
                ConfigurationFault(
                    property: "aws.session.token", reason: "belongs to aws.access.key.id"))
        }
        let known = CredentialClass.known
        guard let named = known[credentialsClass] else {
            let fault = ConfigurationFault(
                property: Self.classProperty, value: credentialsClass,
                reason: "must be one of \(known.names.joined(separator: ", "))")
            return faults + [fault]
        }
        return faults + named.faults(in: ownSettings, prefix: Self.credentialsPrefix)
    }

    /// What deserves a warning though it is right: keys given twice, settings that nothing reads.
    public func notices() -> [ConfigurationNotice] { credentialNotices(.process) }

    func credentialNotices(_ environment: AWSEnvironment) -> [ConfigurationNotice] {
        let named = CredentialClass.known[credentialsClass]
        let unknown = (named?.unknownSettings(in: ownSettings) ?? []).map {
            ConfigurationNotice(
                property: Self.credentialsPrefix + $0.name,
                explanation: "\(named?.description ?? "the class") does not know it"
                    + ($0.nearest.map { "; did you mean \(Self.credentialsPrefix)\($0)?" } ?? ""))
        }
        return unknown
            + [accessKeyNotice(environment, named), classNotice, proxyNotice].compactMap(\.self)
    }

    /// A notice for a proxy's user without a proxy.
    private var proxyNotice: ConfigurationNotice? {
        guard proxy == nil, proxyUser != nil || proxyPassword != nil else { return nil }
        return ConfigurationNotice(
            property: proxyUser == nil ? "aws.dynamodb.proxy.password" : "aws.dynamodb.proxy.user",
            explanation: "it has no effect without aws.dynamodb.proxy.url")
    }

    /// A notice for a class that goes before the program's own credentials.
    private var classNotice: ConfigurationNotice? {
        guard credentials != nil, namesClass, accessKey == nil else { return nil }
        return ConfigurationNotice(
            property: Self.classProperty, explanation: "it wins over the program's own credentials")
    }

    /// One notice for an access key that is not the only way to credentials.
    private func accessKeyNotice(
        _ environment: AWSEnvironment, _ named: CredentialClass?
    ) -> ConfigurationNotice? {
        guard let accessKey, named?.takesAccessKey != true else { return nil }
        var others: [String] = []
        if namesClass { others.append(Self.classProperty) }
        if credentials != nil { others.append("the program's own credentials") }
        let key = environment["AWS_ACCESS_KEY_ID"] ?? environment["AWS_ACCESS_KEY"]
        let secret = environment["AWS_SECRET_ACCESS_KEY"] ?? environment["AWS_SECRET_KEY"]
        if let key, key != accessKey.accessKeyID || secret != accessKey.secretAccessKey {
            others.append("AWS_ACCESS_KEY_ID")
        }
        guard !others.isEmpty else { return nil }
        return ConfigurationNotice(
            property: "aws.access.key.id",
            explanation: "it wins over \(others.joined(separator: " and "))")
    }
}
