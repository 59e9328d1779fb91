import Glibc
import Testing

@testable import PenstockIO

/// A real TLS server, OpenSSL's, on loopback, with certificates made for the test.
struct TLSServer {
    let port: Int
    /// The file of the authority that signed the certificates.
    let authority: String

    var url: String { "https://127.0.0.1:\(port)/" }
}

/// Runs `body` with a server that shows the named certificate, and stops it.
func withTLSServer(
    certificate: String, _ body: (TLSServer) async throws -> Void
) async throws {
    let folder = try #require(temporaryFolder())
    defer { removeFolder(folder) }
    #expect(await exitStatus(of: try #require(ChildProcess(certificateScript, folder))) == 0)
    let log = folder + "/log"
    let server = try #require(
        ChildProcess(
            "exec openssl s_server -accept 127.0.0.1:0 -www -cert \(certificate).pem"
                + " -key \(certificate).key > log 2>&1", folder))
    defer { server.stop() }
    var port: Int?
    try await eventually {
        port = contents(of: log).split(separator: "\n").first { $0.hasPrefix("ACCEPT") }
            .flatMap { $0.split(separator: ":").last }.flatMap { Int($0) }
        return port != nil
    }
    try await body(TLSServer(port: try #require(port), authority: folder + "/authority.pem"))
}

private let certificateScript = """
    set -e
    key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out $1.key; }
    leaf() {
        key $1
        openssl req -new -key $1.key -subj "/CN=$1" -out $1.csr
        echo "subjectAltName=$2" > $1.ext
        openssl x509 -req -in $1.csr -CA authority.pem -CAkey authority.key -CAcreateserial \
            -days $3 -extfile $1.ext -out $1.pem
    }
    exec 2>/dev/null
    key authority
    openssl req -x509 -key authority.key -subj "/CN=Test authority" -days 2 -out authority.pem
    leaf right IP:127.0.0.1 2
    leaf wrongHost DNS:other.example,IP:127.0.0.2 2
    leaf expired IP:127.0.0.1 -1
    key selfSigned
    openssl req -x509 -key selfSigned.key -subj "/CN=127.0.0.1" -days 2 \
        -addext "subjectAltName=IP:127.0.0.1" -out selfSigned.pem
    """

private func exitStatus(of process: ChildProcess) async -> Int32 {
    let thread = BlockingThread(name: "wait")
    let status = try? await thread.run { process.wait() }
    await thread.stop()
    return status ?? -1
}

private func temporaryFolder() -> String? {
    var template = Array("/tmp/penstock-tls-XXXXXX".utf8CString)
    return mkdtemp(&template).map { String(cString: $0) }
}

private func removeFolder(_ folder: String) {
    _ = ChildProcess("rm -rf -- '\(folder)'", "/tmp")?.wait()
}

private func contents(of path: String) -> String {
    guard let file = fopen(path, "r") else { return "" }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes.prefix(count), as: UTF8.self)
}
