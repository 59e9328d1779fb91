public import Penstock

/// Why a scripted server could not start.
public struct ScriptedDynamoDBError: Error, Hashable, Sendable {
    /// The system's error number: what opening a socket or starting a thread failed with.
    public let systemCode: Int32

    /// Nothing that another try would heal.
    public var kind: ErrorKind { .fatal }
}

extension ScriptedDynamoDBError: CustomStringConvertible {
    /// A plain sentence with the system's error number.
    public var description: String {
        "the server could not open a socket or start a thread (errno \(systemCode))"
    }
}
