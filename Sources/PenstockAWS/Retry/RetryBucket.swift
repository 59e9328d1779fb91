/// What all requests of one client may spend on retries together.
package struct RetryBucket: Sendable {
    private let capacity: Int
    /// What is left.
    package private(set) var available: Int

    /// A full bucket.
    package init(capacity: Int) {
        self.capacity = capacity
        available = capacity
    }

    /// Takes the price of a retry; false where too little is left, and then takes nothing.
    mutating func take(_ cost: Int) -> Bool {
        guard cost <= available else { return false }
        available -= cost
        return true
    }

    /// Puts back, up to the brim.
    mutating func put(_ amount: Int) { available = min(capacity, available + amount) }
}
