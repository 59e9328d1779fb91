import Penstock

/// Dates and times as ISO 8601 in UTC: `2020-01-31`, `12:34:56.789Z`, `2020-01-31T12:34:56.789Z`.
///
/// The calendar is the Gregorian one, also for days before it began.
enum CalendarText {
    private static let day: Int64 = 86_400_000

    /// The text of a value whose schema is a Date, a Time or a Timestamp; nil for any other, and for
    /// a number that is none.
    static func text(of value: Value, _ schema: Schema?) -> String? {
        guard value.kind.isInteger else { return nil }
        let number = value.token.integer
        switch schema?.logicalType {
        case .date: return Int32(exactly: number).map { date(Int64($0)) }
        case .time: return (0...day).contains(number) ? time(number) : nil
        case .timestamp:
            let (days, rest) = number.flooredQuotientAndRemainder(by: day)
            return "\(date(days))T\(time(rest))"
        default: return nil
        }
    }

    /// Days since the epoch as a date.
    private static func date(_ days: Int64) -> String {
        // Years begin in March here, so that a leap day comes last.
        let (era, dayOfEra) = (days + 719_468).flooredQuotientAndRemainder(by: 146_097)
        let leaps = dayOfEra / 1460 - dayOfEra / 36524 + dayOfEra / 146_096
        let yearOfEra = (dayOfEra - leaps) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let dayOfMonth = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
        let sign = year < 0 ? "-" : ""
        return "\(sign)\(padded(abs(year), 4))-\(padded(month, 2))-\(padded(dayOfMonth, 2))"
    }

    /// Milliseconds since midnight as a time.
    private static func time(_ milliseconds: Int64) -> String {
        let seconds = milliseconds / 1000
        let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded($0, 2) }
        return "\(clock.joined(separator: ":")).\(padded(milliseconds % 1000, 3))Z"
    }

    private static func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    // MARK: Reading

    /// The days since the epoch of a date that exists, of four digits' year; nil for other text.
    static func days(_ text: Substring.UTF8View) -> Int64? {
        let text = Array(text)
        guard text.count == 10, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
            let year = number(text[0..<4]), let month = number(text[5..<7]),
            let day = number(text[8..<10]), (1...12).contains(month),
            (1...length(of: month, in: year)).contains(day)
        else { return nil }
        let shifted = year - (month <= 2 ? 1 : 0)
        let (era, yearOfEra) = shifted.flooredQuotientAndRemainder(by: 400)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// The milliseconds since midnight of a time such as `12:34:56.789Z`; nil for other text.
    static func milliseconds(_ text: Substring.UTF8View) -> Int64? {
        let text = Array(text)
        guard text.count == 13, text[2] == UInt8(ascii: ":"), text[5] == UInt8(ascii: ":"),
            text[8] == UInt8(ascii: "."), text[12] == UInt8(ascii: "Z"),
            let hours = number(text[0..<2]), let minutes = number(text[3..<5]),
            let seconds = number(text[6..<8]), let rest = number(text[9..<12]),
            hours < 24, minutes < 60, seconds < 60
        else { return nil }
        return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest
    }

    /// The milliseconds since the epoch of a date, `T` and a time; nil for other text.
    static func timestamp(_ text: Substring.UTF8View) -> Int64? {
        guard text.count == 24, text.dropFirst(10).first == UInt8(ascii: "T"),
            let days = days(text.prefix(10)), let rest = milliseconds(text.dropFirst(11))
        else { return nil }
        return days * day + rest
    }

    private static func length(of month: Int64, in year: Int64) -> Int64 {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
        digits.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
            ? Int64(String(decoding: digits, as: UTF8.self)) : nil
    }
}

extension Int64 {
    fileprivate func flooredQuotientAndRemainder(by divisor: Int64) -> (Int64, Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
