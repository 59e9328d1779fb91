/// The rules for hosts of DynamoDB that belong to one account.
enum AccountEndpoint {
    /// The account whose host is to be used; nil for the region's.
    static func account(
        _ parameters: EndpointParameters, _ region: String, _ partition: AWSPartition
    ) throws(AWSConfigurationError) -> String? {
        let isRequired = parameters.accountMode == .required
        if parameters.accountMode == .disabled { return nil }
        if parameters.usesFIPS {
            if isRequired { throw conflict("there are none for FIPS") }
            return nil
        }
        guard partition == .aws else {
            if isRequired { throw conflict("the partition \(partition.name) has none") }
            return nil
        }
        for resource in [parameters.resource, parameters.resources.first] {
            if let resource, let account = account(of: resource, region) { return account }
        }
        if let account = parameters.account {
            guard isHostLabel(account) else {
                throw AWSConfigurationError(
                    .conflictingEndpoint,
                    "The account of the AWS credentials cannot be part of a host's name.")
            }
            return account
        }
        if isRequired { throw conflict("the credentials do not name their account") }
        return nil
    }

    /// The account of a resource of DynamoDB in this region.
    private static func account(of arn: String, _ region: String) -> String? {
        let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "arn", !parts[1].isEmpty, parts[2] == "dynamodb",
            parts[3] == region, isHostLabel(region), isHostLabel(parts[4]), !parts[5].isEmpty
        else { return nil }
        return String(parts[4])
    }

    private static func isHostLabel(_ text: some StringProtocol) -> Bool {
        guard 1...63 ~= text.utf8.count, !text.hasPrefix("-"), !text.hasSuffix("-") else {
            return false
        }
        return text.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D: true
            default: false
            }
        }
    }

    private static func conflict(_ reason: String) -> AWSConfigurationError {
        AWSConfigurationError(
            .conflictingEndpoint, "Endpoints of the account's own are required, but \(reason).")
    }
}
