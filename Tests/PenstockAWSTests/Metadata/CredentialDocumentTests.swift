import Penstock
import Testing

@testable import PenstockAWS

@Suite("Documents of credentials")
struct CredentialDocumentTests {
    private func fault(_ text: String) -> String? {
        do throws(CredentialDocument.Fault) {
            _ = try CredentialDocument.read(Array(text.utf8))
            return nil
        } catch { return error.clause }
    }

    @Test("lasting keys need no end")
    func lasting() throws {
        let credentials = try CredentialDocument.read(
            Array(#"{"AccessKeyId":"a","SecretAccessKey":"s","Token":null,"More":[1]}"#.utf8))
        #expect(credentials == Credentials(accessKeyID: "a", secretAccessKey: "s"))
    }

    @Test(
        "what is wrong is named and nothing of it shown",
        arguments: [
            ("", "not a JSON object"), ("<html>CANARY</html>", "not a JSON object"),
            ("[\"CANARY\"]", "not a JSON object"), ("\"CANARY\"", "not a JSON object"),
            (String(repeating: "[", count: 100_000), "not a JSON object"),
            (#"{"SecretAccessKey":"CANARY"}"#, "without AccessKeyId"),
            (#"{"AccessKeyId":"","SecretAccessKey":"CANARY"}"#, "without AccessKeyId"),
            (#"{"AccessKeyId":"CANARY"}"#, "without SecretAccessKey"),
            (#"{"AccessKeyId":17,"SecretAccessKey":"CANARY"}"#, "AccessKeyId that is no text"),
            (
                #"{"AccessKeyId":"a\r\nCANARY: x","SecretAccessKey":"s"}"#,
                "AccessKeyId that holds spaces"
            ),
            (
                #"{"AccessKeyId":"a","SecretAccessKey":"s","Token":"CANARY\n"}"#,
                "Token that holds spaces"
            ),
            (
                #"{"AccessKeyId":"a","SecretAccessKey":"s","Token":"CANARY"}"#, "without Expiration"
            ),
            (
                #"{"AccessKeyId":"a","SecretAccessKey":"s","Token":"t","Expiration":"CANARY"}"#,
                "Expiration that is no date"
            ),
            (#"{"Code":"AssumeRoleUnauthorizedAccess"}"#, "the code AssumeRoleUnauthorizedAccess"),
            (#"{"Code":"Failed","AccessKeyId":"a","SecretAccessKey":"CANARY"}"#, "the code Failed"),
            (#"{"Code":"CANARY is not a code"}"#, "an error instead"),
        ])
    func faults(text: String, clause: String) {
        let fault = fault(text)
        #expect(fault?.contains(clause) == true, "\(fault ?? "none")")
        #expect(fault?.contains("CANARY") == false)
    }
}
