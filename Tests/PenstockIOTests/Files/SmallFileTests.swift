import Foundation
import Testing

@testable import PenstockIO

@Suite("Reading configuration files")
struct SmallFileTests {
    @Test("only regular files of a sensible size are read")
    func limits() throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "penstock-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "file").path
        #expect(try SmallFile.read(path) == nil)
        #expect(try SmallFile.read(path + "/below") == nil)
        try Data("text".utf8).write(to: URL(filePath: path))
        #expect(try SmallFile.read(path) == Array("text".utf8))
        #expect(try SmallFile.read(path + "/below") == nil)
        try Data(count: SmallFile.limit).write(to: URL(filePath: path))
        #expect(try SmallFile.read(path)?.count == SmallFile.limit)
        try Data(count: SmallFile.limit + 1).write(to: URL(filePath: path))
        #expect(throws: SmallFile.Failure.tooLarge(limit: SmallFile.limit)) {
            try SmallFile.read(path)
        }
        #expect(try SmallFile.read(path, limit: SmallFile.limit + 1) != nil)
        #expect(throws: SmallFile.Failure.self) { try SmallFile.read(folder.path) }
        #expect(throws: SmallFile.Failure.self) { try SmallFile.read("/dev/zero") }
    }
}
