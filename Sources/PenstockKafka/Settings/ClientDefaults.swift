extension ClientSettingSource {
    /// What a Connect worker sets for its clients, and what this package's promises ask for.
    func clientDefaults(
        for kind: ClientKind, library: LibraryProperties
    ) -> [(name: String, value: String)] {
        switch kind {
        case .consumer: consumerDefaults(library)
        case .producer: producerDefaults
        case .admin: [("client.id", clientID("adminclient"))]
        }
    }

    private func clientID(_ role: String) -> String {
        (isForDeadLetters ? "connector-dlq-" : "connector-") + "\(role)-\(connector)"
            + (task.map { "-\($0)" } ?? "")
    }

    private func consumerDefaults(
        _ library: LibraryProperties
    ) -> [(name: String, value: String)] {
        var defaults = [
            ("group.id", "connect-\(connector)"),
            ("client.id", clientID("consumer")),
            ("auto.offset.reset", "earliest"),
            ("isolation.level", "read_committed"),
            ("enable.auto.commit", "false"),
            ("enable.auto.offset.store", "false"),
            ("partition.assignment.strategy", "cooperative-sticky"),
            // The library's queue is the bounded buffer of a worker. Its other bound, a number of
            // records, is put out of the way: small records would reach it first.
            ("queued.max.messages.kbytes", "8192"),
            ("queued.min.messages", "10000000"),
        ]
        // How long a fetcher sleeps when it finds the queue full: a second by default, in which
        // what is left in the queue runs out.
        if library.knows("fetch.queue.backoff.ms") {
            defaults.append(("fetch.queue.backoff.ms", "10"))
        }
        return defaults
    }

    private var producerDefaults: [(name: String, value: String)] {
        [
            ("client.id", clientID("producer")),
            ("acks", "all"),
            // Order without it costs one request in flight, which is what Connect does.
            ("enable.idempotence", "true"),
            ("delivery.timeout.ms", "2147483647"),
            // Java's choice of a partition; the library's own puts keys elsewhere.
            ("partitioner", "murmur2_random"),
        ]
    }
}
