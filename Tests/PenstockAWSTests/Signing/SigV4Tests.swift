import Penstock
import PenstockAWS
import PenstockIO
import Testing

@Suite("Signature Version 4")
struct SigV4Tests {
    let credentials = Credentials(
        accessKeyID: "AKIDEXAMPLE", secretAccessKey: "the-secret-itself",
        sessionToken: "the-token-itself")
    let moment = Timestamp(milliseconds: 1_440_938_160_000)

    @Test("headers that clients and proxies rewrite are not signed")
    func unsignedHeaders() throws {
        let request = HTTPRequest(
            method: "POST", url: "https://dynamodb.eu-west-1.amazonaws.com",
            headers: [
                HTTPHeader("User-Agent", "x"), HTTPHeader("Expect", "100-continue"),
                HTTPHeader("Connection", "close"), HTTPHeader("X-Amz-Target", "A.B"),
            ])
        let signed = try SigV4(region: "eu-west-1", service: "dynamodb")
            .sign(request, with: credentials, at: moment)
        let authorization = try #require(signed.headers["authorization"])
        #expect(
            authorization.contains(
                "SignedHeaders=host;x-amz-date;x-amz-security-token;x-amz-target,"))
        #expect(signed.headers["Host"] == nil)
    }

    @Test("signing a signed request again replaces its signature")
    func signedTwice() throws {
        let signer = SigV4(region: "eu-west-1", service: "dynamodb")
        let request = HTTPRequest(method: "POST", url: "https://example.com/", body: [1, 2, 3])
        let once = try signer.sign(request, with: credentials, at: moment)
        let twice = try signer.sign(once, with: credentials, at: moment)
        #expect(once.headers == twice.headers)
    }

    @Test(
        "a port is signed where it is not the scheme's own",
        arguments: [
            ("https://h:443/", "https://h/", true), ("http://h:80/", "http://h/", true),
            ("http://h:8000/", "http://h/", false), ("https://h:80/", "https://h/", false),
        ])
    func port(left: String, right: String, same: Bool) throws {
        let signer = SigV4(region: "r", service: "s")
        let signatures = try [left, right].map {
            try signer.sign(HTTPRequest(url: $0), with: credentials, at: moment)
                .headers["Authorization"]
        }
        #expect((signatures[0] == signatures[1]) == same)
    }

    @Test(
        "what is no address is refused",
        arguments: ["", "example.com", "https://", "://h/", "https://user@h/", "https:/h"])
    func malformedURL(url: String) {
        #expect(throws: SigningError.self) {
            try SigV4(region: "r", service: "s")
                .sign(HTTPRequest(url: url), with: credentials, at: moment)
        }
    }

    @Test(
        "a moment is written in the calendar",
        arguments: [
            (1_440_938_160_000, "20150830T123600Z"), (0, "19700101T000000Z"),
            (-1, "19691231T235959Z"), (951_782_399_999, "20000228T235959Z"),
            (951_782_400_000, "20000229T000000Z"), (4_107_542_399_000, "21000228T235959Z"),
            (4_107_542_400_000, "21000301T000000Z"), (1_735_689_599_999, "20241231T235959Z"),
            (253_402_300_799_999, "99991231T235959Z"),
        ] as [(Int64, String)])
    func time(milliseconds: Int64, expected: String) throws {
        let signed = try SigV4(region: "r", service: "s").sign(
            HTTPRequest(url: "https://h/"), with: credentials,
            at: Timestamp(milliseconds: milliseconds))
        #expect(signed.headers["x-amz-date"] == expected)
    }

    @Test("moments outside four-digit years are refused", arguments: [Int64.max, .min])
    func timeOutside(milliseconds: Int64) {
        #expect(throws: SigningError.self) {
            try SigV4(region: "r", service: "s").sign(
                HTTPRequest(url: "https://h/"), with: credentials,
                at: Timestamp(milliseconds: milliseconds))
        }
    }

    @Test("a lifetime is one second to seven days", arguments: [-1, 0, 604_801])
    func lifetime(seconds: Int) {
        #expect(throws: SigningError.self) {
            try SigV4(region: "r", service: "s").presign(
                HTTPRequest(url: "https://h/"), with: credentials, at: moment,
                lifetime: .seconds(seconds))
        }
    }

    @Test("no way of printing credentials shows secret or token")
    func redaction() {
        var dumped = ""
        dump(credentials, to: &dumped)
        let texts = [
            "\(credentials)", String(reflecting: credentials), dumped,
            String(describing: Optional(credentials)), String(describing: [credentials]),
            String(reflecting: Mirror(reflecting: credentials).children.map { $0.value }),
        ]
        for text in texts {
            #expect(!text.contains("itself"))
        }
    }
}
