import Foundation
import Testing

/// The programs that make trust stores and key stores for tests.
enum StoreTools {
    static let hasOpenSSL = path(of: "openssl") != nil
    static let hasKeytool = path(of: "keytool") != nil && hasOpenSSL

    static let openSSLIsMissing: Comment =
        "openssl, which makes the stores of this test, is not here"
    static let keytoolIsMissing: Comment =
        "keytool or openssl, which make the stores of this test, are not here"

    private static func path(of program: String) -> String? {
        let folders = ProcessInfo.processInfo.environment["PATH"] ?? ""
        return folders.split(separator: ":").map { "\($0)/\(program)" }.first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
    }

    /// Runs a line of words in a folder; a word may hold no space.
    static func run(_ line: String, in folder: URL) throws {
        let words = line.split(separator: " ").map(String.init)
        let process = Process()
        process.executableURL = URL(filePath: try #require(path(of: words[0])))
        process.arguments = Array(words.dropFirst())
        process.currentDirectoryURL = folder
        let output = Pipe()
        (process.standardOutput, process.standardError) = (output, output)
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            Issue.record("\(line): \(String(decoding: text, as: UTF8.self))")
            throw CocoaError(.executableLoad)
        }
    }
}

/// A folder in which a test makes stores; it goes when the test ends.
///
/// Holds an authority (`root`), one that it signed (`link`), and a client's key and certificate of
/// the latter (`client`), `chain.pem` and, in `pair.pem`, all that proves the client's identity.
struct StoreFolder: ~Copyable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(
            path: "penstock-stores-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        try makeAuthorities()
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    private func makeAuthorities() throws {
        let newKey = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
        try run(
            "openssl req -x509 \(newKey) -subj /CN=root -keyout root.key -out root.pem -days 30")
        try write("basicConstraints=critical,CA:TRUE\n", to: "authority.ext")
        for (name, issuer, extra) in [
            ("link", "root", " -extfile authority.ext"), ("client", "link", ""),
        ] {
            try run("openssl req \(newKey) -subj /CN=\(name) -keyout \(name).key -out \(name).csr")
            try run(
                "openssl x509 -req -in \(name).csr -CA \(issuer).pem -CAkey \(issuer).key "
                    + "-CAcreateserial -days 30 -out \(name).pem\(extra)")
        }
        // Not in the order of the chain, which a reader has to find.
        try write(text("root.pem") + text("link.pem"), to: "chain.pem")
        try write(text("chain.pem") + text("client.key") + text("client.pem"), to: "pair.pem")
    }

    borrowing func run(_ line: String) throws { try StoreTools.run(line, in: url) }

    borrowing func path(_ name: String) -> String { url.appending(path: name).path }

    borrowing func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: url.appending(path: name)))
    }

    borrowing func text(_ name: String) throws -> String {
        String(decoding: try bytes(name), as: UTF8.self)
    }

    borrowing func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: url.appending(path: name))
    }
}
