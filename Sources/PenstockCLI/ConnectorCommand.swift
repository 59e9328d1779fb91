import Penstock
import PenstockDynamoDBSink
import PenstockRuntime

/// The commands about one connector.
struct ConnectorCommand {
    let files: [String]
    let options: CommandLineCall.Options

    /// What `connector.class` may name.
    static let connectors: [any ConfigurableConnector.Type] = [DynamoDBSink.self]

    private var log: Log { Log(LineLogHandler(options.format, level: options.level ?? .info)) }

    /// Names everything that is wrong or noteworthy.
    func validate() -> ExitCode {
        let configuration: ConnectorConfiguration
        do throws(ConfigurationError) {
            configuration = try ConnectorConfiguration(propertiesFiles: files)
        } catch { return report(error.faults) }
        let report = ConfigurationReport(configuration, connectors: Self.connectors)
        report.writeNotices(to: findings)
        if options.showsClients {
            ClientListing(clients: report.clients).write(options.format)
        }
        guard report.faults.isEmpty else { return self.report(report.faults) }
        if !options.showsClients {
            Terminal.say("The configuration is right: \(files.joined(separator: ", "))")
        }
        return .success
    }

    /// Where `validate` writes what is noteworthy: in the same form as what is wrong.
    private var findings: Log {
        let level = options.level ?? .debug
        return switch options.format {
        case .text: Log(TerminalLogHandler(level: level))
        case .json: Log(LineLogHandler(.json, level: level))
        }
    }

    /// Runs the connector until it fails or a signal comes.
    func run(until stop: StopRequest) async -> ExitCode {
        let runner: ConnectorRunner
        do throws(ConfigurationError) { runner = try makeRunner() } catch {
            return report(error.faults)
        }
        let log = log
        let work = Task { try await runner.run() }
        stop.onRequest { name in
            log.info("Ending: what is in hand is written and committed", ["signal": name])
            work.cancel()
        }
        do {
            try await work.value
            log.info("Ended")
            return .success
        } catch let error as ConfigurationError {
            return report(error.faults)
        } catch {
            // The task that failed has said why.
            return .failure
        }
    }

    private func makeRunner() throws(ConfigurationError) -> ConnectorRunner {
        let configuration = try ConnectorConfiguration(propertiesFiles: files)
        return try ConnectorRunner(configuration, connectors: Self.connectors, log: log)
    }

    private func report(_ faults: [ConfigurationFault]) -> ExitCode {
        for fault in faults {
            switch options.format {
            case .text: Terminal.complain("error: \(fault.description)")
            case .json:
                log.error(
                    "The configuration is wrong",
                    [
                        "property": fault.property, "value": fault.value ?? "",
                        "reason": fault.reason,
                    ])
            }
        }
        return .wrongCall
    }
}
