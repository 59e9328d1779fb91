internal import Penstock

extension Credentials {
    /// The credentials in an answer of STS under the name of its result.
    init(_ document: XMLDocument, of result: String) throws(ServiceFault) {
        guard let key = document[result, "Credentials", "AccessKeyId"],
            let secret = document[result, "Credentials", "SecretAccessKey"],
            let token = document[result, "Credentials", "SessionToken"],
            let expiration = document[result, "Credentials", "Expiration"]
                .flatMap({ Timestamp(iso8601: $0) })
        else { throw .malformed("a part of the credentials is missing") }
        do throws(Credentials.Fault) {
            self = try Credentials(
                accessKeyID: key, secretAccessKey: secret, sessionToken: token,
                expiration: expiration,
                accountID: document[result, "AssumedRoleUser", "Arn"].flatMap(Self.account)
            ).cleaned()
        } catch { throw .malformed("credentials \(error.clause)") }
    }

    /// The account in an ARN: its fifth part.
    private static func account(in arn: String) -> String? {
        let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[4].utf8.count == 12,
            parts[4].utf8.allSatisfy({ 0x30...0x39 ~= $0 })
        else { return nil }
        return String(parts[4])
    }
}
