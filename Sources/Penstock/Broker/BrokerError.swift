/// What a broker's end reports as wrong, in the terms that decide what is done about it.
package struct BrokerError: Error, Sendable {
    /// Whether trying again can help.
    package let kind: ErrorKind
    /// Whether the group has moved on: this member has to join again before it can commit.
    package let isStaleMember: Bool
    /// A plain sentence with the broker's code; it tells kinds of failures apart.
    package let message: String
    /// The client's own error, where there is one.
    package let cause: (any Error)?

    package init(
        _ kind: ErrorKind, _ message: String, isStaleMember: Bool = false,
        cause: (any Error)? = nil
    ) {
        self.kind = kind
        self.message = message
        self.isStaleMember = isStaleMember
        self.cause = cause
    }
}

extension BrokerError: CustomStringConvertible {
    /// The sentence.
    package var description: String { message }
}
