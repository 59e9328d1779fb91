/// A way to credentials that a properties file selects by the name of a class.
///
/// The Java names of both AWS SDKs and of Confluent's role provider are known; nothing is loaded.
/// A program adds ways of its own before it reads a file:
///
/// ```swift
/// CredentialClass.register("com.example.VaultCredentials", settings: ["vault.path"]) { settings in
///     VaultCredentials(path: settings["vault.path"] ?? "aws/orders")
/// }
/// ```
public struct CredentialClass: Sendable {
    /// The names that select it, the preferred one first.
    public let names: [String]
    /// The settings that it knows, without the prefix that they have in a file.
    public let settings: [CredentialSetting]
    /// Whether it uses an access key that the file names, instead of being replaced by it.
    package let takesAccessKey: Bool
    package let make:
        @Sendable (CredentialClassRequest) throws(CredentialError) -> any CredentialProvider

    package init(
        _ names: [String], settings: [CredentialSetting] = [], takesAccessKey: Bool = false,
        make:
            @escaping @Sendable (CredentialClassRequest) throws(CredentialError)
            -> any CredentialProvider
    ) {
        self.names = names
        self.settings = settings
        self.takesAccessKey = takesAccessKey
        self.make = make
    }
}

/// What a class of credentials is made with.
package struct CredentialClassRequest: Sendable {
    /// The file's settings for it, without their prefix.
    package var settings: [String: String]
    /// The access key that the file names.
    package var accessKey: Credentials?
    /// The region that the file names.
    package var region: String?
    /// Variables, files and the way to the network.
    package var context: AWSContext

    package init(
        settings: [String: String] = [:], accessKey: Credentials? = nil, region: String? = nil,
        context: AWSContext
    ) {
        self.settings = settings
        self.accessKey = accessKey
        self.region = region
        self.context = context
    }
}

extension CredentialClassRequest: CustomStringConvertible, CustomReflectable {
    /// The names of the settings.
    package var description: String { "CredentialClassRequest(\(settings.keys.sorted()))" }

    /// The names of the settings, so that a dump shows no secret.
    package var customMirror: Mirror {
        Mirror(self, children: ["settings": settings.keys.sorted()])
    }
}

extension CredentialClass: CustomStringConvertible {
    /// The preferred name.
    public var description: String { names.first ?? "" }
}
