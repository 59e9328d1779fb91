extension ConfigurationType where Value == [String] {
    /// Names separated by commas; empty and repeated ones are dropped.
    public static var names: Self {
        Self(
            kind: .list, allowed: "a list of names separated by commas",
            parse: { text in
                var seen: Set<String> = []
                return PropertyText.list(text).filter { !$0.isEmpty && seen.insert($0).inserted }
            },
            accepts: { _ in true }, text: { $0.joined(separator: ",") })
    }

    /// Names separated by commas, none empty and none twice.
    public static var aliases: Self {
        list.satisfying("a list of names separated by commas, none empty and none twice") {
            !$0.contains("") && Set($0).count == $0.count
        }
    }
}

extension ConfigurationType where Value == String {
    /// Text that is not empty and has no control characters: what a connector may be called.
    public static var name: Self {
        string.satisfying("a text that is not empty and has no control characters") {
            !$0.isEmpty && !$0.unicodeScalars.contains { $0.properties.generalCategory == .control }
        }
    }
}

extension ConfigurationType where Value == TopicPattern {
    /// A regular expression over whole topic names.
    public static var topicPattern: Self {
        Self(
            kind: .string, allowed: "a regular expression", parse: { TopicPattern($0) },
            accepts: \.isValid, text: \.text)
    }
}

extension ConfigurationType where Value == Duration? {
    /// A time in whole milliseconds; -1 is no end.
    public static var millisecondsOrEndless: Self {
        let time = ConfigurationType<Duration>.milliseconds
        return Self(
            kind: .long, allowed: "a whole number of milliseconds of at least 0, or -1 for no end",
            parse: { $0 == "-1" ? .some(nil) : time.parse($0).map { .some($0) } },
            accepts: { $0.map { $0 >= .zero } ?? true },
            text: { $0.map(time.text) ?? "-1" })
    }
}
