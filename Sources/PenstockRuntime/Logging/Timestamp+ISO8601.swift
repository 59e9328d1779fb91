import Penstock

extension Timestamp {
    /// `2026-01-31T09:30:00.250Z`: the moment in UTC with milliseconds, as ISO 8601 writes it.
    var iso8601: String {
        let (day, ofDay) = milliseconds.quotientRoundedDown(by: 86_400_000)
        let date = Self.date(ofDay: day)
        let seconds = ofDay / 1_000
        return "\(digits(date.year, 4))-\(digits(date.month, 2))-\(digits(date.day, 2))"
            + "T\(digits(seconds / 3_600, 2)):\(digits(seconds / 60 % 60, 2))"
            + ":\(digits(seconds % 60, 2)).\(digits(ofDay % 1_000, 3))Z"
    }

    /// The date of the Gregorian calendar, so many days after 1970-01-01.
    ///
    /// Years begin in March here, so that the leap day is the last of its year; 400 of them are an
    /// era of 146 097 days.
    private static func date(ofDay day: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let (era, ofEra) = (day + 719_468).quotientRoundedDown(by: 146_097)
        let year = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * year + year / 4 - year / 100)
        let fromMarch = (5 * ofYear + 2) / 153
        let month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
        return (
            era * 400 + year + (month <= 2 ? 1 : 0), month, ofYear - (153 * fromMarch + 2) / 5 + 1
        )
    }
}

private func digits(_ number: Int64, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.count)) + text
}

extension Int64 {
    fileprivate func quotientRoundedDown(by divisor: Int64) -> (Int64, Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
