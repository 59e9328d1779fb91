internal import Penstock

/// A moment as signatures write it: `20150830T123600Z`, of which the first 8 characters are the day.
struct SigningTime: Sendable {
    /// The 16 characters.
    let text: String

    /// The day, as the scope of a signing key has it.
    var day: Substring { text.prefix(8) }

    init(_ moment: Timestamp) throws(SigningError) {
        let seconds = moment.milliseconds.flooringDivision(by: 1000)
        let days = seconds.quotient.flooringDivision(by: 86400)
        let (year, month, day) = Self.date(ofDay: days.quotient)
        guard 0...9999 ~= year else { throw SigningError(.invalidTime) }
        let second = days.remainder
        let parts = [
            (year, 4), (month, 2), (day, 2), (second / 3600, 2), (second / 60 % 60, 2),
            (second % 60, 2),
        ]
        var bytes: [UInt8] = []
        bytes.reserveCapacity(16)
        for (index, (value, width)) in parts.enumerated() {
            if index == 3 { bytes.append(0x54) }
            for place in [1000, 100, 10, 1].suffix(width) {
                bytes.append(0x30 + UInt8(value / Int64(place) % 10))
            }
        }
        bytes.append(0x5A)
        text = String(decoding: bytes, as: UTF8.self)
    }

    /// The date so many days after 1970-01-01, in the proleptic Gregorian calendar.
    ///
    /// Counts in eras of 400 years that begin on 1 March, so that the leap day comes last.
    private static func date(ofDay day: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let (era, dayOfEra) = (day + 719_468).flooringDivision(by: 146_097)
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }
}

extension Int64 {
    /// Quotient and remainder with the remainder never negative.
    fileprivate func flooringDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
