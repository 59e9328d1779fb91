/// A typed configuration with the definitions that make a properties file of it and check both.
///
/// Whether a value was written in Swift or in a file, one definition reads, checks and explains it:
///
/// ```swift
/// struct Tail: Configurable {
///     var file = ""
///     var interval = Duration.seconds(1)
///
///     static let options: [ConfigurationOption<Tail>] = [
///         .init("file", \.file, .string.nonEmpty, isRequired: true, importance: .high,
///             "The file to follow."),
///         .init("interval.ms", \.interval, .milliseconds.atLeast(.zero),
///             "How long to wait at its end."),
///     ]
/// }
/// ```
public protocol Configurable: Sendable, CustomStringConvertible, CustomReflectable {
    /// Every option at its default.
    init()

    /// The definitions, in the order in which documentation and faults list them.
    static var options: [ConfigurationOption<Self>] { get }

    /// What is wrong between options that are each right alone; nothing unless implemented.
    ///
    /// A fault of a property that is at fault already is dropped.
    func faultsBetweenOptions() -> [ConfigurationFault]

    /// What deserves a warning though it is right; nothing unless implemented.
    func notices() -> [ConfigurationNotice]
}

extension Configurable {
    /// Nothing.
    public func faultsBetweenOptions() -> [ConfigurationFault] { [] }

    /// Nothing.
    public func notices() -> [ConfigurationNotice] { [] }

    /// The values as a properties file would write them, in one line; no secret.
    public var description: String {
        let values = shownProperties.map { "\($0.name)=\($0.value)" }
        return "\(Self.self)(\(values.joined(separator: ", ")))"
    }

    /// The values as a properties file would write them, so that a dump shows no secret.
    public var customMirror: Mirror {
        Mirror(self, children: shownProperties.map { (label: $0.name, value: $0.value as Any) })
    }

    /// Reads properties; unknown names are left alone.
    /// - Throws: Every fault together.
    public init(properties: [String: String]) throws(ConfigurationError) {
        var reader = ConfigurationReader(properties)
        self = reader.read(Self.self)
        try reader.throwFaults()
    }

    /// Checks a configuration made in Swift by the rules of the properties file.
    /// - Throws: Every fault together.
    public func validate() throws(ConfigurationError) {
        var reader = ConfigurationReader([:])
        reader.check(self)
        try reader.throwFaults()
    }

    /// The values as a properties file would write them, secrets and passed-on settings hidden.
    ///
    /// What has no value, or none that a file could write, is left out.
    public var shownProperties: [(name: String, value: String)] {
        Self.options.compactMap { option in
            option.text(self).map { (option.name, option.shown($0)) }
        }
    }
}
