import FoundationEssentials

/// A folder that goes with its owner.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "penstock-integration-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a file and returns its path.
    func write(_ text: String, to name: String) throws -> String {
        let file = path + "/" + name
        try Data(text.utf8).write(to: URL(filePath: file))
        return file
    }

    /// A file's content; empty where there is none.
    func read(_ name: String) -> String {
        guard let data = try? Data(contentsOf: URL(filePath: path + "/" + name)) else { return "" }
        return String(decoding: data, as: UTF8.self)
    }
}
