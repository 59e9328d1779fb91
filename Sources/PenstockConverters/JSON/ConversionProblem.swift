import Penstock

/// What is wrong with a part of a value, and where in it.
struct ConversionProblem: Error {
    let reason: String
    /// The way to the place, innermost first: names of fields, which a schema gives.
    private(set) var path: [String] = []

    init(_ reason: String) { self.reason = reason }

    /// The same, seen from the container around it.
    func inside(_ name: String) -> ConversionProblem {
        var problem = self
        problem.path.append(name)
        return problem
    }

    /// The error for the whole record.
    var error: ConversionError {
        path.isEmpty
            ? ConversionError(reason)
            : ConversionError("field \(path.reversed().joined(separator: ".")): \(reason)")
    }
}
