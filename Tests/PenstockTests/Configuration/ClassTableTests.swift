import Penstock
import Testing

@Suite struct ClassTableTests {
    static let table = ClassTable(
        ending: "Converter",
        [
            (names: ["org.apache.kafka.connect.json.JsonConverter"], element: "json"),
            (names: ["com.example.JsonConverter", "com.example.old.Json"], element: "other"),
            (names: ["org.example.Converter"], element: "bare"),
        ])

    @Test(arguments: [
        ("org.apache.kafka.connect.json.JsonConverter", "json"), ("JsonConverter", "json"),
        ("Json", "json"), ("com.example.JsonConverter", "other"),
        ("com.example.old.Json", "other"), ("Converter", "bare"),
    ]) func `a class is found by full and short names`(_ name: String, _ element: String) {
        #expect(Self.table[name] == element)
    }

    @Test(arguments: ["", "json", "org.apache.kafka.connect.json", "XmlConverter", "."])
    func `no other name is found`(_ name: String) { #expect(Self.table[name] == nil) }

    @Test func `an unknown class lists the known ones`() {
        var reader = ConfigurationReader(["c": "Xml", "d": " Json "])
        #expect(reader.element(named: "d", of: Self.table) == "json")
        #expect(reader.faults.isEmpty)
        #expect(reader.element(named: "c", of: Self.table) == nil)
        #expect(reader.element(named: "e", of: Self.table) == nil)
        #expect(
            reader.faults.map(\.description) == [
                #"c "Xml" must be one of org.apache.kafka.connect.json.JsonConverter, "#
                    + "com.example.JsonConverter, org.example.Converter",
                "e is missing",
            ])
        #expect(reader.unknownProperties.isEmpty)
    }
}
