import Foundation
import PenstockIO
import Testing

@testable import PenstockAWS

@Suite("Replacing small files")
struct SmallFileReplacementTests {
    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = NSTemporaryDirectory() + "penstock-files-\(UInt64.random(in: .min ... .max))"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    @Test("the new file is whole, for its owner alone, and nothing else is left")
    func replaced() throws {
        try withFolder { folder in
            let path = folder + "/token.json"
            let old = FileManager.default.createFile(
                atPath: path, contents: Data("old".utf8), attributes: [.posixPermissions: 0o644])
            #expect(old)
            let contents = [UInt8](repeating: 0x41, count: 100_000)
            try AWSEnvironment.process.writeFile(path, contents)
            #expect(try SmallFile.read(path) == contents)
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["token.json"])
        }
    }

    @Test("where it cannot be written the error says why, and nothing is left")
    func failing() throws {
        try withFolder { folder in
            let error = #expect(throws: SystemError.self) {
                try SmallFile.replace(folder + "/none/token.json", with: [1])
            }
            #expect(error?.code == ENOENT && error?.description == "No such file or directory")
            // A folder stands where the file should.
            try FileManager.default.createDirectory(
                atPath: folder + "/t/x", withIntermediateDirectories: true)
            #expect(throws: SystemError.self) { try SmallFile.replace(folder + "/t", with: [1]) }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["t"])
        }
    }
}
