import Penstock
import PenstockKafka
import PenstockRuntime

/// What `validate --clients` prints: every setting that each Kafka client gets, client by client,
/// each by the settings' names.
struct ClientListing {
    let clients: [ConfigurationReport.Client]

    /// Writes the lines to standard output.
    func write(_ format: LineLogHandler.Format) {
        switch format {
        case .text: for line in text { Terminal.say(line) }
        case .json: writeObjects()
        }
    }

    /// A properties file's lines, with the origin behind each.
    var text: [String] {
        clients.flatMap { client in
            ["# \(client.kind), as librdkafka \(LibraryProperties.linked.version) gets it"]
                + Self.aligned(client.settings)
        }
    }

    private static func aligned(_ settings: [ShownSetting]) -> [String] {
        // A long value pushes its own origin to the right and no other.
        let longest = 56
        let lines = settings.map { "\($0.name)=\($0.value)" }
        let width = lines.map(\.count).filter { $0 <= longest }.max() ?? 0
        return zip(settings, lines).map { setting, line in
            line + String(repeating: " ", count: max(0, width - line.count)) + "  # "
                + (setting.origin ?? "default")
        }
    }

    /// A line as the log has them, for each setting.
    private func writeObjects() {
        let log = Log(LineLogHandler.toStandardOutput(.json, level: .debug))
        for client in clients {
            for setting in client.settings {
                log.info(
                    "Kafka client's setting",
                    [
                        "client": "\(client.kind)", "setting": setting.name,
                        "value": setting.value, "origin": setting.origin ?? "default",
                    ])
            }
        }
    }
}
