package import Penstock
internal import Synchronization

extension CredentialClass {
    private static let registered = Mutex<[CredentialClass]>([])

    /// Lets properties files select a provider of the program's own.
    ///
    /// To be called before a file is read that names it. Registered again, the later one counts; a
    /// name that is known already gets the program's meaning.
    ///
    /// - Parameters:
    ///   - name: The name of the class, by which `aws.dynamodb.credentials.provider.class` selects
    ///     it; its last part is enough in the file.
    ///   - settings: The settings that it knows, without `aws.dynamodb.credentials.provider.`;
    ///     others in the file get a warning.
    ///   - make: Makes the provider from the settings that the file has; a
    ///     ``CredentialError`` that it throws ends the connector.
    public static func register(
        _ name: String, settings: [CredentialSetting] = [],
        make:
            @escaping @Sendable (_ settings: [String: String]) throws(CredentialError)
            -> any CredentialProvider
    ) {
        let own = CredentialClass([name], settings: settings) {
            (request) throws(CredentialError) in try make(request.settings)
        }
        registered.withLock { classes in
            classes.removeAll { $0.names == own.names }
            classes.append(own)
        }
    }

    /// The classes that a file can name: the registered ones and those that are always there.
    package static var known: ClassTable<CredentialClass> {
        let all = registered.withLock { $0 } + standard
        return ClassTable(all.map { (names: $0.names, element: $0) })
    }
}

extension CredentialClass {
    /// What is wrong with settings for this class.
    ///
    /// - Parameters:
    ///   - given: The settings, without their prefix.
    ///   - prefix: What their names begin with in the file.
    /// - Returns: A fault for each setting that is missing or not allowed; values may be secrets and
    ///   are not shown.
    package func faults(in given: [String: String], prefix: String) -> [ConfigurationFault] {
        settings.compactMap { setting in
            guard let value = given[setting.name], !value.isEmpty else {
                guard setting.isRequired else { return nil }
                return ConfigurationFault(
                    property: prefix + setting.name, reason: "is missing: \(self) needs it")
            }
            guard !setting.accepts(value), let allowed = setting.allowed else { return nil }
            return ConfigurationFault(
                property: prefix + setting.name, reason: "must be \(allowed)")
        }
    }

    /// The settings that this class does not know, each with the nearest that it does.
    package func unknownSettings(in given: [String: String]) -> [(name: String, nearest: String?)] {
        let known = Set(settings.map(\.name))
        return given.keys.filter { !known.contains($0) }.sorted().map {
            (name: $0, nearest: nearestName(to: $0, among: known))
        }
    }
}
