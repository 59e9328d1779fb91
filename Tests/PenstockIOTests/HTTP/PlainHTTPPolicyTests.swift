import Testing

@testable import PenstockIO

@Suite struct `Plain HTTP` {
    @Test(arguments: [
        "127.0.0.1", "127.255.0.9", "localhost", "LOCALHOST", "[::1]", "[0:0:0:0:0:0:0:1]",
        "169.254.169.254", "169.254.170.2", "169.254.170.23", "[fd00:ec2::254]", "[fd00:ec2::23]",
        "0x7f.1", "2130706433",
    ])
    func `may go to loopback and metadata addresses, past any proxy`(host: String) throws {
        let target = try HTTPTarget("http://\(host):8000/path", allowsPlainHTTP: false)
        #expect(target.isLocal)
    }

    @Test(arguments: [
        "example.org", "10.0.0.1", "128.0.0.1", "169.254.169.253", "0.0.0.0", "[::]",
        "[::ffff:127.0.0.1]", "[fd00:ec2::255]", "[fd00:ec3::254]", "localhost.example.org",
        "127.0.0.1.example.org", "localhost.",
    ])
    func `may not go elsewhere unless the caller says so`(host: String) throws {
        let url = "http://\(host)/path?secret"
        #expect {
            try HTTPTarget(url, allowsPlainHTTP: false)
        } throws: { error in
            guard let error = error as? HTTPError else { return false }
            return error.code == .refused && !error.mayHaveBeenSent
                && !error.description.contains("secret")
        }
        #expect(try HTTPTarget(url, allowsPlainHTTP: true).isLocal == false)
        #expect(try HTTPTarget("https://\(host)/", allowsPlainHTTP: false).isLocal == false)
    }

    @Test func `is refused before anything is asked of the network`() async {
        let error = await failure("http://name.slow.test/", timeout: .seconds(30))
        #expect(error?.code == .refused)
    }
}
