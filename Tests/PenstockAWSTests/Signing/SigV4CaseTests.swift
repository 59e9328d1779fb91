import Penstock
import PenstockIO
import Testing

@testable import PenstockAWS

@Suite("Signature Version 4, AWS's own cases")
struct SigV4CaseTests {
    @Test("as a header", arguments: try SigningCase.all())
    func header(signingCase: SigningCase) throws {
        let draft = try signingCase.signer.draft(
            of: signingCase.request, with: signingCase.credentials, at: signingCase.moment)
        #expect(
            try String(decoding: draft.canonical.bytes, as: UTF8.self)
                == signingCase.text("header-canonical-request"))
        #expect(
            try signingCase.signer.stringToSign(draft.canonical, at: draft.time)
                == signingCase.text("header-string-to-sign"))
        #expect(
            try signingCase.signer.signature(
                of: draft.canonical, at: draft.time, with: signingCase.credentials)
                == signingCase.text("header-signature"))
        let signed = try signingCase.signer.sign(
            signingCase.request, with: signingCase.credentials, at: signingCase.moment)
        #expect(try SigningCase.matches(signed, signingCase.request(in: "header-signed-request")))
    }

    @Test("as a query", arguments: try SigningCase.all())
    func query(signingCase: SigningCase) throws {
        let draft = try signingCase.signer.presignDraft(
            of: signingCase.request, with: signingCase.credentials, at: signingCase.moment,
            lifetime: signingCase.lifetime)
        #expect(
            try String(decoding: draft.canonical.bytes, as: UTF8.self)
                == signingCase.text("query-canonical-request"))
        #expect(
            try signingCase.signer.stringToSign(draft.canonical, at: draft.time)
                == signingCase.text("query-string-to-sign"))
        #expect(
            try signingCase.signer.signature(
                of: draft.canonical, at: draft.time, with: signingCase.credentials)
                == signingCase.text("query-signature"))
        let signed = try signingCase.signer.presign(
            signingCase.request, with: signingCase.credentials, at: signingCase.moment,
            lifetime: signingCase.lifetime)
        let expected = try signingCase.request(in: "query-signed-request")
        #expect(SigningCase.target(signed) == SigningCase.target(expected))
        #expect(signed.headers == signingCase.request.headers)
        #expect(signed.body == expected.body)
    }

    @Test("all 38 cases are there")
    func count() throws {
        #expect(try SigningCase.all().count == 38)
    }
}
