/// The script while it is played: counts requests per rule, and decides without clock or chance of
/// its own.
struct ScriptState {
    let seed: UInt64
    private(set) var rules: [FaultRule] = []
    private var counts: [Int] = []

    init(seed: UInt64) { self.seed = seed }

    /// Begins another script, with its counts at nothing.
    mutating func begin(_ rules: [FaultRule]) {
        self.rules = rules
        counts = Array(repeating: 0, count: rules.count)
    }

    /// Whether a rule wants to know the keys of this operation's requests.
    func asksForKeys(_ operation: DynamoDBOperation) -> Bool {
        rules.contains { $0.touches != nil && ($0.operation ?? operation) == operation }
    }

    /// What happens to the next request.
    mutating func plan(_ operation: DynamoDBOperation, keys: [ItemKey]) -> FaultPlan {
        var plan = FaultPlan()
        for (place, rule) in rules.enumerated() where (rule.operation ?? operation) == operation {
            if let touches = rule.touches, !keys.contains(where: touches) { continue }
            counts[place] += 1
            let random = SeededRandom(seed, place, counts[place])
            guard rule.occasion.includes(counts[place], random) else { continue }
            for (number, fault) in rule.faults.enumerated() {
                plan.add(fault, SeededRandom(seed, place, counts[place], number + 1))
            }
        }
        return plan
    }
}
