import Foundation
import Testing

@testable import PenstockAWS

@Suite("Partitions, against AWS's own data")
struct PartitionTests {
    struct Published: Decodable, Sendable, CustomTestStringConvertible {
        struct Outputs: Decodable, Sendable {
            var dnsSuffix: String
            var dualStackDnsSuffix: String
            var name: String
            var supportsDualStack: Bool
            var supportsFIPS: Bool
        }
        struct Region: Decodable, Sendable {}
        var id: String
        var outputs: Outputs
        var regionRegex: String
        var regions: [String: Region]
        var testDescription: String { id }
    }

    static func published() throws -> [Published] {
        struct File: Decodable { var partitions: [Published] }
        return try JSONDecoder().decode(
            File.self, from: TestCases.data("endpoints/partitions.json")
        ).partitions
    }

    @Test("all are known") func names() throws {
        #expect(try Set(Self.published().map(\.id)) == Set(AWSPartition.all.map(\.name)))
    }

    @Test("every region that is listed", arguments: try published())
    func listed(partition: Published) {
        for region in partition.regions.keys {
            let found = AWSPartition.of(region: region)
            #expect(found.name == partition.outputs.name, "\(region)")
            #expect(found.dnsSuffix == partition.outputs.dnsSuffix)
            #expect(found.dualStackSuffix == partition.outputs.dualStackDnsSuffix)
        }
        // What the table leaves out because it is the same everywhere.
        #expect(partition.outputs.supportsDualStack && partition.outputs.supportsFIPS)
    }

    @Test(
        "a region that is not listed goes by the published pattern",
        arguments: [
            "eu-moon-9", "mx-west-12", "us-gov-moon-1", "us-gov-moon", "cn-moon-3", "us-iso-x-1",
            "us-isob-x-1", "eu-isoe-x-1", "us-isof-x-1", "eusc-de-x-1", "eusc-fr-x-1", "us-x-y-1",
            "us-x-", "us--1", "us-x-1a", "us", "moon", "xx-east-1", "us-e_1-2", "",
        ])
    func patterns(region: String) throws {
        let match = try Self.published().first { partition in
            region.range(of: partition.regionRegex, options: .regularExpression) != nil
        }
        #expect(AWSPartition.of(region: region).name == match?.id ?? "aws")
    }
}
