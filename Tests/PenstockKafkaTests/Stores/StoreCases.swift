import Foundation
import Penstock
import PenstockIO
import Testing

@testable import PenstockKafka

/// The stores that are kept with the tests.
enum StoreCases {
    static let password = "trust-secret"

    static func bytes(_ name: String) throws -> [UInt8] {
        let url = try #require(
            Bundle.module.url(forResource: "Cases/stores/" + name, withExtension: nil))
        return [UInt8](try Data(contentsOf: url))
    }

    static func text(_ name: String) throws -> String {
        String(decoding: try bytes(name), as: UTF8.self)
    }

    /// A file system that holds one file, and a clock that stands.
    static func files(
        _ path: String, _ bytes: [UInt8], at moment: Timestamp? = nil
    ) -> StoreFiles {
        let now = moment ?? Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        return StoreFiles(now: { now }) { asked in asked == path ? bytes : nil }
    }
}

/// The code with which a store is refused; nil where it is read.
func fault(_ body: () throws -> Void) -> StoreError.Code? {
    do { try body() } catch { return (error as? StoreError)?.code }
    return nil
}
