/// Where a configuration or credentials file breaks the grammar; never shows a value of it.
struct ProfileFileError: Error, Hashable {
    /// The line's number, from 1.
    var line: Int
    /// One clause without a full stop.
    var reason: String
}
