package import Penstock

extension Timestamp {
    /// Reads `2009-02-13T23:31:30Z`, with a fraction or an offset where there is one; nil where it
    /// is no such moment of the years 1 to 9999.
    ///
    /// What is finer than a millisecond is left out. `UTC` in the place of `Z`, which old caches of
    /// single sign-on have, is taken too.
    package init?(iso8601 text: String) {
        var text = Array(text.utf8)[...]
        guard let year = Self.number(4, &text), Self.take(0x2D, &text),
            let month = Self.number(2, &text), Self.take(0x2D, &text),
            let day = Self.number(2, &text), Self.take(0x54, &text) || Self.take(0x74, &text),
            let hour = Self.number(2, &text), Self.take(0x3A, &text),
            let minute = Self.number(2, &text), Self.take(0x3A, &text),
            let second = Self.number(2, &text), let milliseconds = Self.fraction(&text),
            let offset = Self.offset(text), year > 0, 1...12 ~= month,
            1...Self.length(ofMonth: month, year) ~= day, hour < 24, minute < 60, second <= 60
        else { return nil }
        let days = Self.days(year: year, month: month, day: day)
        let seconds = ((days * 24 + hour) * 60 + minute - offset) * 60 + second
        self.init(milliseconds: seconds * 1000 + milliseconds)
    }

    /// So many digits at the beginning.
    private static func number(_ count: Int, _ text: inout ArraySlice<UInt8>) -> Int64? {
        let digits = text.prefix(count)
        guard digits.count == count, digits.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
        text = text.dropFirst(count)
        return digits.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
    }

    private static func take(_ byte: UInt8, _ text: inout ArraySlice<UInt8>) -> Bool {
        guard text.first == byte else { return false }
        text = text.dropFirst()
        return true
    }

    /// The milliseconds of a fraction, 0 where there is none.
    private static func fraction(_ text: inout ArraySlice<UInt8>) -> Int64? {
        guard take(0x2E, &text) else { return 0 }
        let digits = text.prefix { 0x30...0x39 ~= $0 }
        text = text.dropFirst(digits.count)
        guard !digits.isEmpty else { return nil }
        return (digits.prefix(3) + [0x30, 0x30]).prefix(3).reduce(0) { $0 * 10 + Int64($1 - 0x30) }
    }

    /// The offset's minutes east of Greenwich, where nothing else stands at the end.
    private static func offset(_ text: ArraySlice<UInt8>) -> Int64? {
        var text = text
        if text.elementsEqual("Z".utf8) || text.elementsEqual("z".utf8) { return 0 }
        if text.elementsEqual("UTC".utf8) { return 0 }
        let isEast = take(0x2B, &text)
        guard isEast || take(0x2D, &text), let hours = number(2, &text), hours < 24 else {
            return nil
        }
        _ = take(0x3A, &text)
        guard let minutes = number(2, &text), minutes < 60, text.isEmpty else { return nil }
        return (isEast ? 1 : -1) * (hours * 60 + minutes)
    }

    private static func length(ofMonth month: Int64, _ year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
