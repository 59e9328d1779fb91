package import Penstock

extension Timestamp {
    /// Reads the date of an HTTP header: `Sun, 06 Nov 1994 08:49:37 GMT`; nil where it is none.
    package init?(httpDate text: String) {
        let parts = text.split { $0 == " " || $0 == ":" || $0 == "," }
        guard parts.count == 8, parts[7] == "GMT", let day = Int64(parts[1]),
            let month = Self.months.firstIndex(of: String(parts[2])), let year = Int64(parts[3]),
            let hour = Int64(parts[4]), let minute = Int64(parts[5]), let second = Int64(parts[6]),
            1...31 ~= day, 1970...9999 ~= year, 0...23 ~= hour, 0...59 ~= minute, 0...60 ~= second
        else { return nil }
        let days = Self.days(year: year, month: Int64(month) + 1, day: day)
        self.init(
            milliseconds: (((days * 24 + hour) * 60 + minute) * 60 + second) * 1000)
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// Days since 1970-01-01, counted in years that begin on 1 March so that the leap day is last.
    static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let year = month <= 2 ? year - 1 : year
        let monthFromMarch = (month + 9) % 12
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        return year * 365 + year / 4 - year / 100 + year / 400 + dayOfYear - 719_468
    }
}
