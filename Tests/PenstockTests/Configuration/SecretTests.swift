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
}
