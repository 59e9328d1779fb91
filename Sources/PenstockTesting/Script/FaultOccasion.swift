/// Which of the requests that a rule is about it strikes, counted from 1.
public struct FaultOccasion: Sendable {
    enum Form {
        case numbers(ClosedRange<Int>)
        case every(Int)
        case probability(Double)
    }

    let form: Form

    /// Every one of them.
    public static let always = FaultOccasion(form: .numbers(1...Int.max))

    /// The one with this number.
    public static func nth(_ number: Int) -> FaultOccasion { requests(number...number) }

    /// So many, from the first on.
    public static func first(_ count: Int) -> FaultOccasion {
        count > 0 ? requests(1...count) : requests(0...0)
    }

    /// Those with these numbers.
    public static func requests(_ numbers: ClosedRange<Int>) -> FaultOccasion {
        FaultOccasion(form: .numbers(numbers))
    }

    /// One in so many: with 3 the third, the sixth and so on.
    public static func every(_ count: Int) -> FaultOccasion {
        FaultOccasion(form: .every(max(count, 1)))
    }

    /// Each with a probability between 0 and 1, decided by the server's seed and the number.
    public static func probability(_ probability: Double) -> FaultOccasion {
        FaultOccasion(form: .probability(probability))
    }

    func includes(_ number: Int, _ random: SeededRandom) -> Bool {
        var random = random
        return switch form {
        case .numbers(let numbers): numbers.contains(number)
        case .every(let count): number.isMultiple(of: count)
        case .probability(let probability): random.happens(probability)
        }
    }
}
