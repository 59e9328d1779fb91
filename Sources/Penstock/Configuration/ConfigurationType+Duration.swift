extension ConfigurationType where Value == Duration {
    /// A time in whole milliseconds.
    public static var milliseconds: Self { duration(unit: "milliseconds", perSecond: 1_000) }

    /// A time in whole seconds.
    public static var seconds: Self { duration(unit: "seconds", perSecond: 1) }

    /// The same, at least `minimum`.
    public func atLeast(_ minimum: Duration) -> Self {
        narrowed(to: " of at least \(text(minimum) ?? "")") { $0 >= minimum }
    }

    /// The same, within `range`, both ends included.
    public func between(_ range: ClosedRange<Duration>) -> Self {
        narrowed(to: " from \(text(range.lowerBound) ?? "") to \(text(range.upperBound) ?? "")") {
            range.contains($0)
        }
    }

    private static func duration(unit: String, perSecond: Int64) -> Self {
        Self(
            kind: .long, allowed: "a whole number of \(unit)",
            parse: { text in
                PropertyText.integer(text, as: Int64.self).map { count in
                    let (seconds, rest) = count.quotientAndRemainder(dividingBy: perSecond)
                    return Duration(
                        secondsComponent: seconds,
                        attosecondsComponent: rest * (attosecondsPerSecond / perSecond))
                }
            },
            accepts: { _ in true },
            text: { duration in
                let (seconds, attoseconds) = duration.components
                let whole = seconds.multipliedReportingOverflow(by: perSecond)
                guard !whole.overflow else { return String(Int64.max) }
                let rest = attoseconds / (attosecondsPerSecond / perSecond)
                return String(whole.partialValue.addingReportingOverflow(rest).partialValue)
            })
    }
}

private let attosecondsPerSecond: Int64 = 1_000_000_000_000_000_000
