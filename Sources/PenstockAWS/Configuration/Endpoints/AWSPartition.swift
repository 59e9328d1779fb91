/// A group of regions under one domain, with an identity management of its own.
///
/// The published data says of every partition that it has FIPS and dual stack hosts, so this says
/// nothing of either.
struct AWSPartition: Hashable, Sendable {
    /// The partition's name, as in ARNs.
    let name: String
    /// The domain of the services' hosts.
    let dnsSuffix: String
    /// The domain of the hosts that are reached over IPv6 too.
    let dualStackSuffix: String
    /// What stands before the place and the number in the names of its regions.
    let prefixes: [String]
    /// The name that stands for no region in particular.
    let globalRegion: String

    /// The partition of a region, known or to come; `aws` for a name that fits none.
    static func of(region: String) -> AWSPartition {
        all.first { $0.globalRegion == region }
            ?? all.first { $0.prefixes.contains { isRegion(region, of: $0) } } ?? aws
    }

    /// Whether a name is made of the prefix, a place and a number: `eu-west-1` of `eu`.
    private static func isRegion(_ name: String, of prefix: String) -> Bool {
        guard name.hasPrefix(prefix + "-") else { return false }
        let parts = name.dropFirst(prefix.count + 1)
            .split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return false }
        return parts[0].utf8.allSatisfy(isWordCharacter)
            && parts[1].utf8.allSatisfy { 0x30...0x39 ~= $0 }
    }

    private static func isWordCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F: true
        default: false
        }
    }
}

extension AWSPartition {
    /// Commercial regions.
    static let aws = AWSPartition(
        name: "aws", dnsSuffix: "amazonaws.com", dualStackSuffix: "api.aws",
        prefixes: ["us", "eu", "ap", "sa", "ca", "me", "af", "il", "mx"],
        globalRegion: "aws-global")
    /// The United States' government's regions.
    static let govCloud = AWSPartition(
        name: "aws-us-gov", dnsSuffix: "amazonaws.com", dualStackSuffix: "api.aws",
        prefixes: ["us-gov"], globalRegion: "aws-us-gov-global")
    /// China.
    static let china = AWSPartition(
        name: "aws-cn", dnsSuffix: "amazonaws.com.cn",
        dualStackSuffix: "api.amazonwebservices.com.cn", prefixes: ["cn"],
        globalRegion: "aws-cn-global")

    /// All that AWS publishes, the commercial one first.
    static let all = [
        aws, govCloud, china,
        AWSPartition(
            name: "aws-eusc", dnsSuffix: "amazonaws.eu",
            dualStackSuffix: "api.amazonwebservices.eu", prefixes: ["eusc-de"],
            globalRegion: "eusc-de-east-1"),
        AWSPartition(
            name: "aws-iso", dnsSuffix: "c2s.ic.gov", dualStackSuffix: "api.aws.ic.gov",
            prefixes: ["us-iso"], globalRegion: "aws-iso-global"),
        AWSPartition(
            name: "aws-iso-b", dnsSuffix: "sc2s.sgov.gov", dualStackSuffix: "api.aws.scloud",
            prefixes: ["us-isob"], globalRegion: "aws-iso-b-global"),
        AWSPartition(
            name: "aws-iso-e", dnsSuffix: "cloud.adc-e.uk",
            dualStackSuffix: "api.cloud-aws.adc-e.uk", prefixes: ["eu-isoe"],
            globalRegion: "aws-iso-e-global"),
        AWSPartition(
            name: "aws-iso-f", dnsSuffix: "csp.hci.ic.gov", dualStackSuffix: "api.aws.hci.ic.gov",
            prefixes: ["us-isof"], globalRegion: "aws-iso-f-global"),
    ]
}
