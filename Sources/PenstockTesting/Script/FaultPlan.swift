/// What a script holds for one request.
struct FaultPlan {
    var delayOfApplying: Duration = .zero
    var delayOfReply: Duration = .zero
    var end: End?
    var isResetAfterApplying = false
    var spoilsChecksum = false
    var unprocessed: [Unprocessed] = []

    /// What ends a request before it is applied.
    enum End {
        case refusal(ServiceFailure)
        case reset
        case stall
    }

    /// A part of a batch that is left undone.
    struct Unprocessed {
        let selection: UnprocessedSelection
        let random: SeededRandom
    }

    mutating func add(_ fault: Fault, _ random: SeededRandom) {
        switch fault.effect {
        case .refuse(let status, let code, let message, let reason):
            var failure = ServiceFailure(code, message, status: status)
            if let reason { failure.throttlingReasons = [(reason, TableDocument.arn("*"))] }
            end = end ?? .refusal(failure)
        case .unprocessed(let selection):
            unprocessed.append(Unprocessed(selection: selection, random: random))
        case .delayReply(let duration): delayOfReply += duration
        case .delayApplying(let duration): delayOfApplying += duration
        case .resetBeforeApplying: end = end ?? .reset
        case .resetAfterApplying: isResetAfterApplying = true
        case .wrongChecksum: spoilsChecksum = true
        case .stall: end = end ?? .stall
        }
    }
}

extension [FaultPlan.Unprocessed] {
    /// Which parts of a batch are left undone, by position.
    func choose(of keys: [ItemKey]) -> Set<Int> {
        var chosen: Set<Int> = []
        for unprocessed in self {
            var random = unprocessed.random
            for (position, key) in keys.enumerated() {
                let isChosen =
                    switch unprocessed.selection.form {
                    case .first(let count): position < count
                    case .fraction(let probability): random.happens(probability)
                    case .keys(let condition): condition(key)
                    }
                if isChosen { chosen.insert(position) }
            }
        }
        return chosen
    }
}
