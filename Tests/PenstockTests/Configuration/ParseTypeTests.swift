import Foundation
import Penstock
import Testing

/// Values are read as Kafka Connect's `ConfigDef.parseType` reads them, without an exception.
///
/// Of classes those exist that the closed table of the option names.
@Suite struct ParseTypeTests {
    static let cases = GoldenCase.all("parse-type", kind: "parse-type")

    @Test func `all cases are there`() { #expect(Self.cases.count == 66) }

    @Test(arguments: cases) func `a value is read as in Connect`(_ golden: GoldenCase) throws {
        let fields = golden.fields
        let type = try #require(fields["type"] as? String)
        let text = fields["in"] as? String
        let expected = fields["error"] == nil ? Self.text(of: fields["out"]) : "error"
        #expect(read(text, as: type) == expected)
    }

    /// What the option of a type makes of a text; an absent one keeps no value.
    private func read(_ text: String?, as type: String) -> String {
        var reader = ConfigurationReader(text.map { ["k." + type.lowercased(): $0] } ?? [:])
        let typed = reader.read(EveryType.self)
        if !reader.faults.isEmpty { return "error" }
        return switch type {
        case "BOOLEAN": typed.boolean?.description ?? "null"
        case "SHORT": typed.short?.description ?? "null"
        case "INT": typed.int?.description ?? "null"
        case "LONG": typed.long?.description ?? "null"
        case "DOUBLE": typed.double?.description ?? "null"
        case "LIST": typed.list?.description ?? "null"
        case "CLASS": typed.class ?? "null"
        case "PASSWORD": typed.password?.revealed ?? "null"
        default: text == nil ? "null" : typed.string
        }
    }

    private static func text(of value: Any?) -> String {
        guard let typed = value as? [String: Any], let value = typed["v"] else { return "null" }
        switch typed["t"] as? String {
        case "boolean": return (value as? Bool)?.description ?? "?"
        case "list": return (value as? [String])?.description ?? "?"
        case "double": return Double(value as? String ?? "")?.description ?? "?"
        default: return (value as? String) ?? (value as? Int)?.description ?? "?"
        }
    }
}

private struct EveryType: Configurable {
    var boolean: Bool?
    var short: Int16?
    var int: Int32?
    var long: Int64?
    var double: Double?
    var list: [String]?
    var string = ""
    var `class`: String?
    var password: Secret?

    static let classes = ClassTable(
        ["java.lang.String", "java.util.Map$Entry"].map { (names: [$0], element: $0) })

    static let options: [ConfigurationOption<EveryType>] = [
        .init("k.boolean", \.boolean, .boolean, "A boolean."),
        .init("k.short", \.short, .int16, "A short."),
        .init("k.int", \.int, .int32, "An int."),
        .init("k.long", \.long, .int64, "A long."),
        .init("k.double", \.double, .double, "A double."),
        .init("k.list", \.list, .list, "A list."),
        .init("k.string", \.string, .string, "A string."),
        .init("k.class", \.class, .class(in: classes), "A class."),
        .init("k.password", \.password, .secret, "A password."),
    ]
}
