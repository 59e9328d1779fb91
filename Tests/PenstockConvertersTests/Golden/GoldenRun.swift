import Foundation
import Testing

/// Runs every case of a file and holds the outcome against the list of deliberate differences.
enum GoldenRun {
    /// Runs cases.
    ///
    /// - Parameters:
    ///   - file: The file, without its ending; beside it stands `file.differences.txt`, the list of
    ///     what we do otherwise, and every case in it must do so.
    ///   - check: Runs one case; what differs, or nil.
    /// - Throws: Where a file cannot be read.
    static func run(
        _ file: String, _ check: (GoldenCase) throws -> String?
    ) throws {
        let cases = try GoldenCase.load(file)
        let differences = try DeliberateDifference.load(file)
        #expect(Set(cases.map(\.id)).count == cases.count)
        var counts = [Int](repeating: 0, count: differences.count)
        var surprises: [String] = []
        for golden in cases {
            let found: String?
            do { found = try check(golden) } catch { found = "\(error)" }
            let place = differences.firstIndex { $0.covers(golden.id) }
            if let place { counts[place] += 1 }
            switch (found, place) {
            case (nil, nil), (_?, _?): break
            case (let found?, nil): surprises.append("\(golden.id): \(found)")
            case (nil, _?): surprises.append("\(golden.id): listed as different, but it is not")
            }
        }
        report(file, cases.count, differences, counts)
        if !surprises.isEmpty {
            Issue.record("\(surprises.count) of \(file):\n\(surprises.joined(separator: "\n"))")
        }
        for (difference, count) in zip(differences, counts) where count == 0 {
            Issue.record("no case of \(file) for: \(difference.reason)")
        }
    }

    private static func report(
        _ file: String, _ count: Int, _ differences: [DeliberateDifference], _ counts: [Int]
    ) {
        let sum = counts.reduce(0, +)
        var lines = ["\(file): \(count - sum) of \(count) cases as Kafka Connect, \(sum) not:"]
        for (difference, count) in zip(differences, counts) {
            lines.append("  \(count) \(difference.reason)")
        }
        print(lines.joined(separator: "\n"))
    }
}
