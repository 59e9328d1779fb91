import Penstock
package import PenstockAWS

extension DynamoDBSink {
    /// Tells which source of credentials answers for this sink.
    ///
    /// - Parameter environment: Variables and files.
    /// - Returns: The report; where a setting is wrong, the reason as that of the only source.
    package func credentialReport(_ environment: AWSEnvironment) async -> CredentialReport {
        do throws(TaskError) {
            let context = AWSContext(
                environment: environment,
                http: try makeHTTP(requests: 1, environment: environment))
            return await CredentialReport(
                of: try provider(context), name: providerName,
                region: try findRegion(environment), context: context)
        } catch {
            return CredentialReport(failure: error.description, of: providerName)
        }
    }
}
