import CPenstockRDKafka
import Glibc

/// The settings that a librdkafka knows: asked at run time, since a program linked to one version
/// may meet another.
package struct LibraryProperties: Sendable {
    struct Property: Sendable {
        /// The name that this one is an alias of, or its own.
        var canonicalName: String
        /// Which clients have it: `*`, `C` for consumers, `P` for producers.
        var clients = "*"
        /// The integers it takes, where it takes integers.
        var range: ClosedRange<Int>?
        /// What it takes, in the library's words; empty where that is anything.
        var allowed = ""
    }

    package var version: LibraryVersion
    /// What the library was built with; empty where that is not known.
    package var features: Set<String> = []
    private(set) var properties: [String: Property]

    /// Those of the library this process runs with.
    package static let linked = LibraryProperties(
        version: LibraryVersion(hexadecimal: rd_kafka_version()), table: tableOfLinkedLibrary(),
        features: featuresOfLinkedLibrary())

    /// Reads the table that the library prints of its properties, a row each.
    init(version: LibraryVersion, table: String, features: Set<String> = []) {
        self.version = version
        self.features = features
        properties = [:]
        for line in table.split(separator: "\n") {
            let cells = line.split(separator: "|", maxSplits: 5, omittingEmptySubsequences: false)
            guard cells.count == 6 else { continue }
            let name = String(cells[0]).trimmed
            // A name that stands in the table twice is a client's setting and a topic's alias.
            guard !name.isEmpty, properties[name] == nil else { continue }
            properties[name] = Property(
                canonicalName: Self.alias(in: cells[5]) ?? name,
                clients: String(cells[1]).trimmed,
                range: Self.narrower[name] ?? Self.range(in: cells[2]),
                allowed: String(cells[2]).trimmed)
        }
    }

    /// The same library at another version, with more settings.
    func adding(_ names: [String], version: LibraryVersion) -> LibraryProperties {
        var copy = self
        copy.version = version
        for name in names { copy.properties[name] = Property(canonicalName: name) }
        return copy
    }

    /// The same library at another version, with fewer settings.
    func removing(_ names: [String], version: LibraryVersion) -> LibraryProperties {
        var copy = self
        copy.version = version
        for name in names { copy.properties[name] = nil }
        return copy
    }

    /// What a setting takes, to end a sentence with; empty where that is anything.
    func allowed(for name: String) -> String {
        guard let allowed = properties[name]?.allowed, !allowed.isEmpty else { return "" }
        return ", which takes \(allowed)"
    }

    var names: [String] { Array(properties.keys) }

    package func knows(_ name: String) -> Bool { properties[name] != nil }

    /// Whether the library has a setting for this kind of client, which an admin client shares with
    /// producers.
    func knows(_ name: String, for kind: ClientKind) -> Bool {
        guard let clients = properties[name]?.clients else { return false }
        return clients == "*" || clients == (kind == .consumer ? "C" : "P")
    }

    /// Whether the library was built with a feature.
    func has(_ feature: String) -> Bool { features.isEmpty || features.contains(feature) }

    func canonicalName(of name: String) -> String { properties[name]?.canonicalName ?? name }

    /// The integer that is nearest to `value` among those the setting takes.
    func clamp(_ value: Int, for name: String) -> Int {
        guard let range = properties[name]?.range else { return value }
        return min(max(value, range.lowerBound), range.upperBound)
    }

    private static func alias(in description: Substring) -> String? {
        guard let start = description.firstRange(of: "Alias for `") else { return nil }
        return description[start.upperBound...].prefix { $0 != "`" }.description
    }

    /// Ranges that the library checks only when a client is made: since 2.16 its table shows those
    /// of clients of a share group.
    private static let narrower = ["fetch.min.bytes": 1...100_000_000]

    private static func range(in cell: Substring) -> ClosedRange<Int>? {
        let ends = String(cell).trimmed.split(separator: " ")
        guard ends.count == 3, ends[1] == "..", let low = Int(ends[0]), let high = Int(ends[2]),
            low <= high
        else { return nil }
        return low...high
    }

    private static func featuresOfLinkedLibrary() -> Set<String> {
        let features = ClientConfiguration().value(of: "builtin.features") ?? ""
        return Set(features.split(separator: ",").map { String($0).trimmed })
    }

    /// The library prints its table to a file only, so the file is memory.
    private static func tableOfLinkedLibrary() -> String {
        var buffer: UnsafeMutablePointer<CChar>?
        var size = 0
        guard let file = open_memstream(&buffer, &size) else { return "" }
        rd_kafka_conf_properties_show(file)
        fclose(file)
        defer { free(buffer) }
        return buffer.map { String(cString: $0) } ?? ""
    }
}
