// Runs whatever the properties files say that are named as arguments.

import PenstockDynamoDBSink
import PenstockRuntime

let configuration = try ConnectorConfiguration(
    propertiesFiles: Array(CommandLine.arguments.dropFirst()))
try await ConnectorRunner(configuration, connectors: [DynamoDBSink.self]).run()
