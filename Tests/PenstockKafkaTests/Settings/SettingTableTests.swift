import Foundation
import Penstock
import Testing

@testable import PenstockKafka

/// The table of settings against what Java's clients say of theirs.
@Suite struct `The table of client settings` {
    @Test func `has a row for every setting of every Java client, and no other`() {
        let definitions = JavaClientCases.definitions
        #expect(definitions.count == 116 + 113 + 91)
        for definition in definitions {
            let rows = SettingRules.all.filter {
                $0.name == definition.name && $0.clients.contains(definition.client)
            }
            #expect(rows.count == 1, "\(definition.client) \(definition.name)")
        }
        let names = Set(definitions.map { "\($0.client) \($0.name)" })
        for row in SettingRules.all {
            for kind in ClientKind.allCases where row.clients.contains(kind) {
                #expect(names.contains("\(kind) \(row.name)"))
            }
        }
    }

    @Test func `says in one sentence what each does here`() {
        for row in SettingRules.all + SettingRules.retired {
            #expect(row.documentation.hasSuffix("."), "\(row.name)")
            #expect(row.documentation.count < 100, "\(row.name)")
        }
    }

    @Test func `has the types of Java's definitions`() {
        for definition in JavaClientCases.definitions {
            let row = SettingRules.rule(for: definition.name, of: definition.client)
            #expect(row?.type.javaNames.contains(definition.type) == true, "\(definition.name)")
        }
    }

    @Test func `takes the values that Java takes`() {
        #expect(JavaClientCases.values.count > 70)
        for values in JavaClientCases.values {
            guard let row = SettingRules.rule(for: values.name, of: values.client) else { continue }
            for value in values.accepted {
                #expect(throws: Never.self, "\(values.name)=\(value)") {
                    try row.type.normalized(value.trimmed)
                }
            }
        }
    }

    @Test func `refuses the values that Java refuses, but for the case of words`() {
        for values in JavaClientCases.values {
            guard let row = SettingRules.rule(for: values.name, of: values.client) else { continue }
            for value in values.refused {
                if case .choice(let words) = row.type,
                    words.contains(where: { $0.lowercased() == value.lowercased() })
                {
                    continue
                }
                // The library's own words for a place in a topic may stand.
                if values.name == "auto.offset.reset",
                    ["latest", "none", "error"].contains(value.lowercased())
                {
                    continue
                }
                let result = SettingCase(values.client, [values.name: value]).translated()
                #expect(result.isRefused, "\(values.name)=\(value)")
            }
        }
    }

    @Test(arguments: JavaClientCases.settings)
    func `starts with the settings that Java's clients start with, and no others`(
        _ settings: JavaClientCases.Settings
    ) {
        let result = SettingCase(settings.client, settings.settings)
            .translated(library: .newer)
        let reason = Self.differences[settings.settings]
        #expect(
            result.isRefused == ((settings.error != nil) != (reason != nil)),
            "\(settings) \(result.findings)")
    }

    /// Where we differ from Java, and why.
    private static let differences: [[String: String]: String] = [
        ["isolation.level": "READ_COMMITTED"]: "words are taken in any case",
        ["compression.type": "ZSTD"]: "words are taken in any case",
        ["auto.offset.reset": "NONE"]: "words are taken in any case",
        ["bootstrap.servers": "127.0.0.1:1,,127.0.0.2:2"]: "an empty part of a list is no harm",
        ["bootstrap.servers": ":9092"]: "it names no host",
        ["partition.assignment.strategy": ""]: "Java has nothing to assign by, and waits for ever",
        ["security.protocol": "SSL", "ssl.cipher.suites": "TLS_NO_SUCH"]:
            "it fails when it connects",
        [
            "security.protocol": "SSL", "ssl.endpoint.identification.algorithm": "ldaps",
        ]: "the library has no such rule",
        ["transaction.two.phase.commit.enable": "true"]: "the library cannot",
        ["delivery.timeout.ms": "1000"]: "the library keeps the earlier of both times",
        ["delivery.timeout.ms": "30004"]: "the library keeps the earlier of both times",
        ["delivery.timeout.ms": "40000", "linger.ms": "20000"]:
            "the library keeps the earlier of both times",
        ["partitioner.class": ""]: "empty is unset",
        ["partitioner.class": "org.apache.kafka.clients.producer.internals.DefaultPartitioner"]:
            "earlier clients had it, and it is what is done here",
        ["default.api.timeout.ms": "1000"]: "it has no effect",
    ]
}

extension SettingType {
    /// The types of Java's definitions that this one stands for.
    var javaNames: Set<String> {
        switch self {
        case .text, .nonEmptyText, .choice: ["STRING"]
        case .secret: ["PASSWORD"]
        case .boolean: ["BOOLEAN"]
        case .integer: ["INT", "LONG", "SHORT"]
        case .number: ["DOUBLE"]
        case .list: ["LIST"]
        case .className: ["CLASS"]
        }
    }
}
