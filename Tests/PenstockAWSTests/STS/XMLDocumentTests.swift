import Testing

@testable import PenstockAWS

@Suite("STS's XML")
struct XMLDocumentTests {
    private func code(_ text: some StringProtocol) -> XMLError.Code? {
        do throws(XMLError) {
            _ = try XMLDocument(Array(text.utf8))
            return nil
        } catch { return error.code }
    }

    @Test("elements are found by their path, whatever stands around them")
    func path() throws {
        let text = """
            \u{FEFF}<?xml version="1.0"?><!-- <a> -->
            <s:R xmlns:s='x>y' a = "/>"><A><C>1</C></A><!--<B>no</B>-->
              <B k='v'/><B><C> two&amp;&#x41;&#66; </C ><C>3</C><D><![CDATA[<&>]]]>z</D></B>
              <E>a<F>b</F>c</E>
            </s:R>

            """
        let document = try XMLDocument(Array(text.utf8))
        #expect(document["A", "C"] == "1")
        #expect(document["B"] == nil)
        #expect(document["B", "C"] == nil, "only the first element of a name is looked into")
        #expect(document["E"] == "ac" && document["E", "F"] == "b")
        #expect(document["R"] == nil && document["C"] == nil && document["A", "F"] == nil)
        let inner = try XMLDocument(
            Array("<R><B><C> two&amp;&#x41;&#66; </C ><D><![CDATA[<&>]]]>z</D></B></R>".utf8))
        #expect(inner["B", "C"] == "two&AB" && inner["B", "D"] == "<&>]z")
    }

    @Test(
        "everything else is an error",
        arguments: [
            ("", XMLError.Code.manyRoots), ("<", .unexpectedEnd), ("<a>", .unexpectedEnd),
            ("<a", .unexpectedEnd), ("<a></b>", .mismatchedTag), ("</a>", .mismatchedTag),
            ("<a></a></a>", .mismatchedTag), ("<a/><b/>", .manyRoots), ("x<a/>", .invalidText),
            ("<a/>x", .invalidText), ("<a>&x;</a>", .invalidReference),
            ("<a>&amp</a>", .invalidReference), ("<a>&#0;</a>", .invalidReference),
            ("<a>&#xD800;</a>", .invalidReference), ("<a>&#x110000;</a>", .invalidReference),
            ("<a>&#;</a>", .invalidReference), ("<!DOCTYPE a><a/>", .declaration),
            ("<a><!ENTITY x 'y'></a>", .declaration), ("<a x='", .unexpectedEnd),
            ("<a / >", .invalidTag), ("<a <b>", .invalidTag), ("<a></a <", .invalidTag),
            ("<1\u{0}>", .unexpectedEnd), ("< a/>", .invalidName), ("<!-- x", .unexpectedEnd),
            ("<a><![CDATA[x]]</a>", .unexpectedEnd), ("<![CDATA[x]]><a/>", .invalidText),
            ("{\"a\":1}", .invalidText), ("<html><br></html>", .mismatchedTag),
        ])
    func broken(text: String, expected: XMLError.Code) { #expect(code(text) == expected) }

    @Test("depth and size have limits")
    func limits() {
        func nested(_ depth: Int) -> String {
            String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth)
        }
        #expect(code(nested(16)) == nil && code(nested(17)) == .tooDeep)
        #expect(code(String(repeating: "<a>", count: 20_000)) == .tooDeep)
        let padding = String(repeating: " ", count: (64 << 10) - 4)
        #expect(code("<a/>" + padding) == nil && code("<a/> " + padding) == .tooLarge)
        #expect(code("<\(String(repeating: "n", count: 129))/>") == .invalidName)
    }

    @Test("bytes that are not UTF-8 are refused")
    func encoding() {
        #expect(throws: XMLError.self) { try XMLDocument([0x3C, 0x61, 0x3E, 0xFF]) }
        #expect(throws: XMLError.self) { try XMLDocument([0xFF, 0xFE, 0x3C, 0x00]) }
    }

    @Test("a text that was cut or changed anywhere is read or refused, and never more")
    func mutations() throws {
        let text = Array(
            "<?xml v='1'?><R x=\"y\"><!--c--><A>b&lt;&#65;<![CDATA[d]]></A><B/></R>".utf8)
        for end in text.indices { _ = try? XMLDocument(Array(text[..<end])) }
        var random = SystemRandomNumberGenerator()
        let alphabet = Array("<>/!?-[]CDATA&;#x'\" a=\0\u{FF}".utf8)
        for _ in 0..<20_000 {
            var changed = text
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let index = changed.indices.randomElement(using: &random) ?? 0
                changed[index] = alphabet.randomElement(using: &random) ?? 0
            }
            guard let document = try? XMLDocument(changed) else { continue }
            #expect(document.elements.reduce(0) { $0 + $1.text.utf8.count } <= changed.count)
        }
    }
}
