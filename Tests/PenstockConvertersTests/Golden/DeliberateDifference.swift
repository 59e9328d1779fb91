import Foundation

/// Cases in which we do otherwise than Kafka Connect, on purpose.
struct DeliberateDifference {
    /// Why, as one would say it to a user.
    let reason: String
    /// The cases' names.
    var cases: Set<String> = []

    /// Reads the list of a file: each reason after a `#`, below it the names of its cases.
    static func load(_ file: String) throws -> [DeliberateDifference] {
        let url = Bundle.module.url(
            forResource: file, withExtension: "differences.txt", subdirectory: "Cases")
        guard let url else { throw Unrepresentable("no differences of \(file)") }
        var differences: [DeliberateDifference] = []
        for line in try String(contentsOf: url, encoding: .utf8).split(separator: "\n") {
            if line.hasPrefix("# ") {
                differences.append(DeliberateDifference(reason: String(line.dropFirst(2))))
            } else if differences.indices.last.map({
                differences[$0].cases.insert(String(line)).inserted
            }) != true {
                throw Unrepresentable("a case without a reason, or twice: \(line)")
            }
        }
        return differences
    }

    func covers(_ id: String) -> Bool { cases.contains(id) }
}
