import Penstock
import PenstockDynamoDBSink
import PenstockRuntime

/// The commands about one connector.
struct ConnectorCommand {
    let files: [String]
    let options: CommandLineCall.Options

    /// What `connector.class` may name.
    static let connectors: [any ConfigurableConnector.Type] = [DynamoDBSink.self]

    private var log: Log { Log(LineLogHandler(options.format, level: options.level)) }

    /// Names everything that is wrong.
    func validate() -> ExitCode {
        do throws(ConfigurationError) {
            try makeRunner().logNotices()
            Terminal.say("The configuration is right: \(files.joined(separator: ", "))")
            return .success
        } catch {
            return report(error)
        }
    }

    /// Runs the connector until it fails or a signal comes.
    func run(until stop: StopRequest) async -> ExitCode {
        let runner: ConnectorRunner
        do throws(ConfigurationError) { runner = try makeRunner() } catch { return report(error) }
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
            return report(error)
        } catch {
            // The task that failed has said why.
            return .failure
        }
    }

    private func makeRunner() throws(ConfigurationError) -> ConnectorRunner {
        let configuration = try ConnectorConfiguration(propertiesFiles: files)
        return try ConnectorRunner(configuration, connectors: Self.connectors, log: log)
    }

    private func report(_ error: ConfigurationError) -> ExitCode {
        for fault in error.faults {
            switch options.format {
            case .text: Terminal.complain(fault.description)
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
