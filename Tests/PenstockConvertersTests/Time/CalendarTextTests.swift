import Penstock
import Testing

@testable import PenstockConverters

@Suite struct `Dates and times as text` {
    private func text(_ value: Int64, _ type: LogicalType) -> String? {
        CalendarText.text(
            of: .build { $0.int64(value) }, Schema(.int64, name: type.rawValue))
    }

    @Test(arguments: [
        (0, "1970-01-01"), (-1, "1969-12-31"), (11_016, "2000-02-29"), (11_017, "2000-03-01"),
        (-25_509, "1900-02-28"), (-25_508, "1900-03-01"), (2_932_896, "9999-12-31"),
        (-719_162, "0001-01-01"),
    ])
    func `days`(days: Int64, text: String) {
        #expect(self.text(days, .date) == text)
        #expect(CalendarText.days(text[...].utf8) == days)
    }

    @Test func `every day of four digits' years is read back`() {
        for days in stride(from: Int64(-719_528), through: 2_932_896, by: 37) {
            let text = self.text(days, .date) ?? ""
            #expect(CalendarText.days(text[...].utf8) == days)
        }
    }

    @Test func `moments`() {
        #expect(text(-1, .timestamp) == "1969-12-31T23:59:59.999Z")
        #expect(text(1_577_882_096_789, .timestamp) == "2020-01-01T12:34:56.789Z")
        #expect(text(45_296_789, .time) == "12:34:56.789Z")
    }

    @Test(arguments: [
        "2021-02-29", "2020-13-01", "2020-00-10", "2020-1-01", "20200101", "٢٠٢٠-01-01",
    ])
    func `days that do not exist are not read`(text: String) {
        #expect(CalendarText.days(text[...].utf8) == nil)
    }

    @Test func `the ends of the range have a text, and what is beyond them none`() {
        #expect(text(Int64(Int32.min), .date) == "-5877641-06-23")
        #expect(text(.min, .timestamp) == "-292275055-05-16T16:47:04.192Z")
        #expect(text(.max, .timestamp) == "292278994-08-17T07:12:55.807Z")
        #expect(text(.max, .date) == nil)
        #expect(text(-1, .time) == nil)
    }
}
