import Foundation
import Testing

@testable import PenstockKafka

/// A value and what Apache Kafka makes of it.
struct JAASCase: Sendable, Decodable, CustomTestStringConvertible {
    struct Module: Sendable, Decodable {
        var module: String
        var flag: String
        var options: [String: String]
    }

    var text: String
    var modules: [Module]?
    var error: String?

    var testDescription: String { text }

    static let all: [JAASCase] = {
        guard let url = Bundle.module.url(forResource: "Cases/jaas", withExtension: "json"),
            let data = try? Data(contentsOf: url)
        else { return [] }
        return (try? JSONDecoder().decode([JAASCase].self, from: data)) ?? []
    }()
}

@Suite struct `JAAS configurations` {
    @Test func `of Kafka's are all here`() {
        #expect(JAASCase.all.count == 47)
        #expect(JAASCase.all.filter { $0.error != nil }.count == 15)
    }

    @Test(arguments: JAASCase.all)
    func `are read as Kafka reads them`(_ given: JAASCase) throws {
        guard let module = given.modules?.first else {
            #expect(throws: JAASError.self) { try JAASConfiguration(parsing: given.text) }
            return
        }
        let read = try JAASConfiguration(parsing: given.text)
        #expect(read.module == module.module)
        #expect(read.flag.rawValue == module.flag)
        #expect(read.options == module.options)
    }

    @Test(arguments: [
        ("", JAASError.Code.moduleMissing, 1),
        (" ; required;", .flagMissing, 0),
        ("M mandatory a=b;", .flagUnknown, 3),
        ("M required a=b c=;", .valueMissing, 16),
        ("M required a=b c;", .valueMissing, 16),
        ("M required a=b", .semicolonMissing, 15),
        ("M required; N required;", .severalModules(2), 13),
        ("\"\" required;", .moduleMissing, 1),
    ])
    func `that are none name the position`(
        text: String, code: JAASError.Code, position: Int
    ) {
        let error = #expect(throws: JAASError.self) { try JAASConfiguration(parsing: text) }
        guard position > 0 else { return }
        #expect(error == JAASError(code, at: position))
    }

    @Test(arguments: [
        (#"M required a="\101\7\400";"#, "A\u{7}\u{20}0"),
        (#"M required a="\a\b\f\r\v\q";"#, "\u{7}\u{8}\u{C}\r\u{B}q"),
        ("M required a=b-1.2_$\u{e9}\u{1F600};", "b-1.2_$\u{e9}\u{1F600}"),
        ("M required a=\"x\" / a=\"y\";\n;", "x"),
        ("M required /* * \n/ **/ a=x;", "x"),
        ("M required a=\"x\r\n;", "x"),
    ])
    func `know Java's escapes, words and comments`(text: String, value: String) throws {
        #expect(try JAASConfiguration(parsing: text).options == ["a": value])
    }

    @Test func `never show a value`() throws {
        let configuration = try JAASConfiguration(parsing: "M required password=\"hunter2\";")
        var dumped = ""
        dump(configuration, to: &dumped)
        let shown = "\(configuration) \(String(reflecting: configuration)) \(dumped)"
        #expect(!shown.contains("hunter2"))
        #expect(shown.contains("password"))
        for cut in JAASCase.all.map(\.text) + ["M required password=\"hunter2"] {
            for length in 0...cut.count {
                do { _ = try JAASConfiguration(parsing: String(cut.prefix(length))) } catch {
                    #expect(!"\(error)".contains("hunter2"))
                }
            }
        }
    }
}
