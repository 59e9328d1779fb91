extension SettingRules {
    private static let assignors = [
        "org.apache.kafka.clients.consumer.RangeAssignor": "range",
        "org.apache.kafka.clients.consumer.RoundRobinAssignor": "roundrobin",
        "org.apache.kafka.clients.consumer.CooperativeStickyAssignor": "cooperative-sticky",
        "org.apache.kafka.clients.consumer.StickyAssignor": "cooperative-sticky",
        "range": "range", "roundrobin": "roundrobin", "cooperative-sticky": "cooperative-sticky",
    ]

    static let assignmentStrategy: Convert = { value, _ in
        let property = "partition.assignment.strategy"
        let asked = value.split(separator: ",").map(String.init)
        guard !asked.isEmpty else { return .refused("it must not be empty") }
        var names: [String] = []
        for one in asked {
            guard let name = assignors[one] else {
                return .refused(
                    "librdkafka has the range, round-robin and cooperative sticky assignors only")
            }
            if !names.contains(name) { names.append(name) }
        }
        if names.contains("cooperative-sticky"), names.count > 1 {
            // Java offers both to let a group migrate; the library refuses the mix.
            return .noted(
                [(property, "cooperative-sticky")],
                warning: "eager and cooperative assignors cannot be mixed here: "
                    + "only cooperative-sticky is offered to the group")
        }
        if asked.contains(where: { $0.hasSuffix(".StickyAssignor") }) {
            return .noted(
                [(property, "cooperative-sticky")],
                warning: "the eager sticky assignor is not known here: "
                    + "cooperative-sticky takes its place")
        }
        return .settings([(property, names.joined(separator: ","))])
    }

    static let partitioner: Convert = { value, _ in
        switch value.split(separator: ".").last {
        case nil, "DefaultPartitioner", "BuiltInPartitioner":
            .settings([("partitioner", "murmur2_random")])
        case "RoundRobinPartitioner": .settings([("partitioner", "random")])
        default: .refused("a Java class cannot choose partitions here")
        }
    }

    static let ignoredKeys: Convert = { value, _ in
        value == "true" ? .settings([("partitioner", "random")]) : .withoutEffect
    }
}
