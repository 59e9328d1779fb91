/// The closed table that gives Java class names, and their short forms, a meaning here.
///
/// A class is found by its full name, by its simple name and, as in Kafka Connect, by that name
/// without its ending: `org.apache.kafka.connect.json.JsonConverter`, `JsonConverter`, `Json`.
/// Nothing is loaded: what is not in the table does not exist.
public struct ClassTable<Element: Sendable>: Sendable {
    private let entries: [(names: [String], element: Element)]
    private let ending: String

    /// Makes a table.
    /// - Parameters:
    ///   - ending: The ending that short names may leave out, such as `Converter`.
    ///   - entries: Each element with its full names, the preferred one first. Where two share a
    ///     short name, the earlier has it.
    public init(ending: String = "", _ entries: [(names: [String], element: Element)]) {
        self.ending = ending
        self.entries = entries
    }

    /// The preferred full name of every element.
    public var names: [String] { entries.compactMap(\.names.first) }

    /// The element that a full or short name stands for; nil where there is none.
    public subscript(name: String) -> Element? {
        let exact = entries.first { $0.names.contains(name) }
        return (exact ?? entries.first { $0.names.contains { isShort(name, for: $0) } })?.element
    }

    private func isShort(_ name: String, for fullName: String) -> Bool {
        let simple = fullName.split(separator: ".").last ?? ""
        if name == simple { return true }
        return !ending.isEmpty && simple.hasSuffix(ending) && simple.count > ending.count
            && name == simple.dropLast(ending.count)
    }
}

extension ConfigurationType {
    /// A class out of a closed table, by its full or its short name.
    ///
    /// A value that was made in code, and not by the table, is right as it is.
    public static func `class`(in table: ClassTable<Value>) -> Self {
        Self(
            kind: .class, allowed: "one of " + table.names.joined(separator: ", "),
            parse: { table[$0] }, accepts: { _ in true }, text: { _ in nil })
    }
}
