import Foundation

/// The built command, run as a process of its own.
struct Executable {
    let process = Process()
    private let output = Pipe()
    private let errors = Pipe()

    /// Starts it, with these variables or this process's own.
    init(_ arguments: [String], environment: [String: String]? = nil) throws {
        // The tests' own executable lies beside it.
        let folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
            .deletingLastPathComponent()
        process.executableURL = folder.appendingPathComponent("penstock")
        process.arguments = arguments
        if let environment { process.environment = environment }
        process.standardOutput = output
        process.standardError = errors
        try process.run()
    }

    /// Waits for its end; what it wrote must fit a pipe.
    func wait() -> (code: Int32, output: String, errors: String) {
        process.waitUntilExit()
        return (process.terminationStatus, read(output), read(errors))
    }

    private func read(_ pipe: Pipe) -> String {
        String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    }

    /// Makes a file of properties in a folder of its own.
    static func file(_ properties: String) throws -> String {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("penstock-cli-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appendingPathComponent("sink.properties")
        try properties.write(to: file, atomically: true, encoding: .utf8)
        return file.path
    }

    /// Removes such a file with its folder.
    static func remove(_ file: String) {
        try? FileManager.default.removeItem(
            at: URL(fileURLWithPath: file).deletingLastPathComponent())
    }
}
