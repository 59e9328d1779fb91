extension ChildProcess {
    /// The partitions that the command's log says it has.
    var assignedPartitions: Set<Substring> {
        var partitions: Set<Substring> = []
        for line in errors.split(separator: "\n") {
            guard let list = line.field("partitions")?.split(separator: ",") else { continue }
            if line.contains("Partitions assigned") { partitions.formUnion(list) }
            if line.contains("Partitions revoked") || line.contains("Partitions lost") {
                partitions.subtract(list)
            }
        }
        return partitions
    }
}

extension Substring {
    /// The value of a field of a line of the log, where it is one word.
    func field(_ name: String) -> Substring? {
        split(separator: " ").first { $0.hasPrefix(name + "=") }?.dropFirst(name.utf8.count + 1)
    }
}
