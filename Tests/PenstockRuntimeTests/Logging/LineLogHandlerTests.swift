import Foundation
import Glibc
import Penstock
import Testing

@testable import PenstockRuntime

@Suite struct LineLogHandlerTests {
    @Test func `a text line is time, level, message and data`() {
        let lines = written(.text) { log in
            log.info("Started", ["topics": "a,b", "tasks": 2])
        }
        #expect(lines == ["2026-01-31T09:30:00.250Z info Started name=orders topics=a,b tasks=2"])
    }

    @Test func `a JSON line is one object`() throws {
        let lines = written(.json) { log in
            log.warning("Odd", ["level": "high", "name": "other", "quote": #"a"b\c"#])
        }
        #expect(
            lines == [
                #"{"time":"2026-01-31T09:30:00.250Z","level":"warning","message":"Odd","#
                    + #""data.level":"high","name":"other","quote":"a\"b\\c"}"#
            ])
        let object =
            try JSONSerialization.jsonObject(with: Data(lines[0].utf8)) as? [String: String]
        #expect(object?["quote"] == #"a"b\c"#)
    }

    @Test(arguments: [
        ("", #""""#), ("two words", #""two words""#), ("a=b", #""a=b""#), ("a\nb", #""a\nb""#),
        ("a\u{1B}[31m", #""a\u001b[31m""#), ("\u{9B}1m", #""\u009b1m""#), ("é", "\"é\""),
        ("a\u{2028}b", #""a\u2028b""#), (#"\"#, #""\\""#), ("http://h:1/?q", "http://h:1/?q"),
    ]) func `a value never leaves its place`(_ value: String, _ spelled: String) {
        #expect(
            written(.text) { $0.info("M", ["v": value]) }[0].hasSuffix("M name=orders v=" + spelled)
        )
    }

    @Test func `lines below the level are not written`() {
        let lines = written(.text) { log in
            log.debug("No")
            log.error("Yes")
        }
        #expect(lines.count == 1)
    }

    @Test func `a descriptor that is closed loses the line and nothing else`() {
        let handler = LineLogHandler(.text, level: .debug, descriptor: -1) {
            Timestamp(milliseconds: 0)
        }
        Log(handler).error("Lost")
    }

    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
        (951_782_400_000, "2000-02-29T00:00:00.000Z"),
        (951_868_799_999, "2000-02-29T23:59:59.999Z"),
        (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
        (1_798_761_599_000, "2026-12-31T23:59:59.000Z"),
        (-62_135_596_800_000, "0001-01-01T00:00:00.000Z"),
    ]) func `a moment is written in UTC`(_ milliseconds: Int64, _ text: String) {
        #expect(Timestamp(milliseconds: milliseconds).iso8601 == text)
    }

    @Test func `days of eight hundred years is those of the calendar`() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
        for day in stride(from: -140_000, through: 146_097, by: 37) {
            let date = Date(timeIntervalSince1970: Double(day) * 86_400)
            let parts = calendar.dateComponents([.year, .month, .day], from: date)
            let text = Timestamp(milliseconds: Int64(day) * 86_400_000).iso8601.prefix(10)
            let numbers = text.split(separator: "-").compactMap { Int($0) }
            #expect(numbers == [parts.year, parts.month, parts.day].compactMap { $0 })
        }
    }

    /// What comes out of a pipe.
    private func written(_ format: LineLogHandler.Format, _ body: (Log) -> Void) -> [String] {
        let pipe = Pipe()
        let handler = LineLogHandler(
            format, level: .info, descriptor: pipe.fileHandleForWriting.fileDescriptor
        ) { Timestamp(milliseconds: 1_769_851_800_250) }
        body(Log(handler, metadata: ["name": "orders"]))
        pipe.fileHandleForWriting.closeFile()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        #expect(text.hasSuffix("\n"))
        return text.dropLast().split(separator: "\n", omittingEmptySubsequences: false).map(
            String.init)
    }
}
