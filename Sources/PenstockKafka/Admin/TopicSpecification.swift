/// A topic that is to be created.
package struct TopicSpecification: Sendable, Hashable {
    package var name: String
    /// The broker's default where it is nil.
    package var partitionCount: Int?
    /// The broker's default where it is nil.
    package var replicationFactor: Int?
    /// The topic's own settings, such as `cleanup.policy`.
    package var settings: [String: String]

    package init(
        name: String, partitionCount: Int? = nil, replicationFactor: Int? = nil,
        settings: [String: String] = [:]
    ) {
        self.name = name
        self.partitionCount = partitionCount
        self.replicationFactor = replicationFactor
        self.settings = settings
    }
}
