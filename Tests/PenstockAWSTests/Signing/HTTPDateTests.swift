import Penstock
import PenstockAWS
import Testing

@Suite("Dates of HTTP")
struct HTTPDateTests {
    @Test(
        "are read",
        arguments: [
            ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
            ("Tue, 29 Feb 2000 00:00:00 GMT", 951_782_400),
            ("Mon, 01 Mar 2100 00:00:00 GMT", 4_107_542_400),
        ] as [(String, Int64)])
    func read(text: String, seconds: Int64) {
        #expect(Timestamp(httpDate: text)?.milliseconds == seconds * 1000)
    }

    @Test(
        "are refused where they are none",
        arguments: [
            "", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nox 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 25:49:37 GMT", "1994-11-06T08:49:37Z",
            "Sunday, 06-Nov-94 08:49:37 GMT",
        ])
    func refused(text: String) { #expect(Timestamp(httpDate: text) == nil) }
}
