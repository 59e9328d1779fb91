internal import Penstock

extension Timestamp {
    /// The moment as `2009-02-13T23:31:30Z`, to the second; nil beyond the year 9999.
    var iso8601: String? {
        guard let text = try? SigningTime(self).text else { return nil }
        var characters = Array(text)
        for (position, mark) in [(13, ":"), (11, ":"), (6, "-"), (4, "-")] as [(Int, Character)] {
            characters.insert(mark, at: position)
        }
        return String(characters)
    }
}
