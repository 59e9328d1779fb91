import Penstock
import PenstockAWS
import PenstockDynamoDBSink
import PenstockRuntime

/// The command that tells which source of AWS credentials answers.
struct CredentialsCommand {
    let files: [String]

    /// Prints the report; a signal ends the wait for those that do not answer.
    func run(until stop: StopRequest) async -> ExitCode {
        let work = Task { await run() }
        stop.onRequest { _ in work.cancel() }
        return await work.value
    }

    /// Prints the report; without files that of AWS's own chain.
    private func run() async -> ExitCode {
        let sink: DynamoDBSink
        do throws(ConfigurationError) { sink = try makeSink() } catch {
            for fault in error.faults { Terminal.complain("error: \(fault.description)") }
            return .wrongCall
        }
        for notice in sink.notices() {
            Terminal.complain("warning: \(notice.property): \(notice.explanation)")
        }
        let report = await sink.credentialReport(.process)
        for line in report.lines { Terminal.say(line) }
        return report.credentials == nil ? .failure : .success
    }

    /// The sink as far as it concerns credentials: what else is wrong is for `validate` to say.
    private func makeSink() throws(ConfigurationError) -> DynamoDBSink {
        guard !files.isEmpty else { return DynamoDBSink() }
        let properties = try ConnectorConfiguration(propertiesFiles: files).properties
        return try DynamoDBSink(properties: properties.filter { $0.key.hasPrefix("aws.") })
    }
}
