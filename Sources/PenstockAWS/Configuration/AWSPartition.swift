/// A group of regions under one domain.
struct AWSPartition: Sendable {
    /// How the regions' names begin.
    let prefix: String
    /// The domain of the services' hosts.
    let dnsSuffix: String

    /// The partitions whose regions have a beginning of their own; every other region is of `aws`.
    private static let partitions = [
        AWSPartition(prefix: "cn-", dnsSuffix: "amazonaws.com.cn"),
        AWSPartition(prefix: "us-gov-", dnsSuffix: "amazonaws.com"),
        AWSPartition(prefix: "us-iso-", dnsSuffix: "c2s.ic.gov"),
        AWSPartition(prefix: "us-isob-", dnsSuffix: "sc2s.sgov.gov"),
        AWSPartition(prefix: "us-isof-", dnsSuffix: "csp.hci.ic.gov"),
        AWSPartition(prefix: "eu-isoe-", dnsSuffix: "cloud.adc-e.uk"),
        AWSPartition(prefix: "eusc-", dnsSuffix: "amazonaws.eu"),
    ]

    /// The partition of a region, by the beginning of its name.
    static func of(region: String) -> AWSPartition {
        partitions.first { region.hasPrefix($0.prefix) }
            ?? AWSPartition(prefix: "", dnsSuffix: "amazonaws.com")
    }
}
