import Foundation
import Penstock
import Testing

@Suite struct SecretTests {
    @Test func `nothing shows a secret`() throws {
        let secret = Secret("hunter2")
        struct Holder: Codable { var secret: Secret }
        var dumped = ""
        dump(Holder(secret: secret), to: &dumped)
        let encoded = try JSONEncoder().encode(Holder(secret: secret))
        let shown = [
            "\(secret)", String(describing: secret), String(reflecting: secret),
            "\([secret])", "\(["k": Optional(secret)])", dumped,
            String(describing: Holder(secret: secret)), String(decoding: encoded, as: UTF8.self),
        ]
        for text in shown {
            #expect(!text.contains("hunter2"))
            #expect(text.contains("[hidden]"))
        }
        #expect(secret.revealed == "hunter2")
    }

    @Test func `a secret is read from an encoding`() throws {
        let read = try JSONDecoder().decode([Secret].self, from: Data(#"["hunter2"]"#.utf8))
        #expect(read == ["hunter2"])
    }

    @Test func `no configuration shows what it passes on`() {
        var options = ConnectorOptions()
        options.consumerSettings = ["sasl.jaas.config": "hunter2"]
        options.keyConverter.settings = ["basic.auth.user.info": "hunter2"]
        let reader = ConfigurationReader(["aws.secret.access.key": "hunter2"])
        var shown = "\(options) \(options.keyConverter) \(reader) \([reader])"
        dump(options, to: &shown)
        dump(options.keyConverter, to: &shown)
        dump(reader, to: &shown)
        #expect(!shown.contains("hunter2"))
        #expect(shown.contains("tasks.max=1") && shown.contains("basic.auth.user.info"))
    }
}
