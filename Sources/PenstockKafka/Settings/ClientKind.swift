/// The kinds of Kafka client whose settings are translated.
package enum ClientKind: Sendable, Hashable, CaseIterable {
    case consumer
    case producer
    case admin

    /// What the settings of this kind begin with in a worker's file.
    package var prefix: String {
        switch self {
        case .consumer: "consumer."
        case .producer: "producer."
        case .admin: "admin."
        }
    }

    /// What they begin with in a connector's own file.
    var overridePrefix: String { prefix + "override." }
}

/// A set of client kinds: whose setting a row of the table is.
struct ClientKinds: OptionSet, Sendable {
    let rawValue: UInt8

    static let consumer = ClientKinds(rawValue: 1)
    static let producer = ClientKinds(rawValue: 2)
    static let admin = ClientKinds(rawValue: 4)
    static let all: ClientKinds = [.consumer, .producer, .admin]

    func contains(_ kind: ClientKind) -> Bool {
        switch kind {
        case .consumer: isSuperset(of: .consumer)
        case .producer: isSuperset(of: .producer)
        case .admin: isSuperset(of: .admin)
        }
    }
}
