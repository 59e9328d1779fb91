/// The candidate that `name` was probably meant to be; nil where none is near.
///
/// Near is a third of the name's length in edits, at most four: letters put in, left out or
/// replaced, or neighbours exchanged. Case costs nothing. Of equals the first in order wins.
package func nearestName(to name: String, among candidates: some Sequence<String>) -> String? {
    let wanted = Array(name.lowercased().utf8)
    guard wanted.count <= longestComparedName else { return nil }
    var bound = max(1, min(4, wanted.count / 3))
    var nearest: String?
    for candidate in candidates.sorted() where candidate != name {
        let other = Array(candidate.lowercased().utf8)
        guard abs(other.count - wanted.count) <= bound else { continue }
        let distance = editDistance(wanted, other)
        guard distance < bound || (distance == bound && nearest == nil) else { continue }
        (nearest, bound) = (candidate, distance)
    }
    return nearest
}

/// Longer names are not compared: the work grows with the square of the length.
private let longestComparedName = 256

/// The Damerau-Levenshtein distance in its restricted form (optimal string alignment).
private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
    var beforePrevious = [Int](repeating: 0, count: right.count + 1)
    var previous = Array(0...right.count)
    for i in 1...left.count {
        var current = [i]
        current.reserveCapacity(right.count + 1)
        for j in 1...right.count {
            let replaced = previous[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1)
            var best = min(previous[j] + 1, current[j - 1] + 1, replaced)
            if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
                best = min(best, beforePrevious[j - 2] + 1)
            }
            current.append(best)
        }
        (beforePrevious, previous) = (previous, current)
    }
    return previous[right.count]
}
