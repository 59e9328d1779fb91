import Glibc
import PenstockTesting
import Testing

/// What a shared behaviour is tested on.
enum Server: String, CaseIterable, CustomTestStringConvertible {
    /// This package's own.
    case scripted
    /// The one that `PENSTOCK_DYNAMODB_ENDPOINT` names.
    case real

    var testDescription: String { rawValue }

    static var realEndpoint: String? {
        getenv("PENSTOCK_DYNAMODB_ENDPOINT").map { String(cString: $0) }
    }

    /// Those that are there.
    static var available: [Server] { realEndpoint == nil ? [.scripted] : allCases }

    /// Runs `body` with a connection to a server without tables.
    func run(_ body: (Probe) throws -> Void) async throws {
        switch self {
        case .scripted:
            try await ScriptedDynamoDB.run { try body(Probe($0.endpoint)) }
        case .real:
            // The account names the tables' realm, so tests in parallel do not meet.
            let endpoint = try #require(Self.realEndpoint)
            let account = String(UInt64.random(in: 100_000_000_000...999_999_999_999))
            try body(Probe(endpoint, account: account))
        }
    }
}
