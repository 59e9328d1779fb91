/// Which converter a connector uses for one part of its records, and that converter's settings.
public struct ConverterOptions: Sendable, Hashable {
    /// The class's full or short name; nil is the default.
    public var className: String?
    /// The settings, without their prefix; they may hold secrets and are never shown.
    public var settings: [String: String] = [:]

    /// The default converter without settings.
    public init() {}
}

extension ConverterOptions: CustomStringConvertible, CustomReflectable {
    /// The class and the names of its settings.
    public var description: String {
        "\(className ?? "default") \(settings.keys.sorted())"
    }

    /// The class and the names of its settings, so that a dump shows no secret.
    public var customMirror: Mirror {
        Mirror(self, children: ["className": className as Any, "settings": settings.keys.sorted()])
    }
}
