import Foundation
import Testing

@testable import PenstockAWS

/// One published case: profiles, and the steps to credentials or an error.
struct ProfilePlanCase: Decodable, Sendable, CustomTestStringConvertible {
    struct Input: Decodable, Sendable {
        var profiles: [String: [String: String]]
        var sso_sessions: [String: [String: String]]?
        var selected_profile: String
    }

    struct Output: Decodable, Sendable {
        var ProfileChain: [Step]?
        var Error: String?
    }

    /// A step has one name and its values; the value of a named source is its name.
    struct Step: Hashable, Sendable {
        var name: String
        var values: [String: String]
    }

    var docs: String
    var input: Input
    var output: Output

    var testDescription: String { docs }

    static func all() throws -> [ProfilePlanCase] {
        try JSONDecoder().decode(
            [ProfilePlanCase].self, from: TestCases.data("credentials/assume-role-tests.json"))
    }

    func plan() throws(CredentialError) -> ProfilePlan {
        var profiles = SharedProfiles()
        profiles.profiles = input.profiles
        profiles.ssoSessions = input.sso_sessions ?? [:]
        return try ProfilePlan(of: input.selected_profile, in: profiles)
    }
}

extension ProfilePlanCase.Step: Decodable {
    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let step = try? container.decode([String: String].self), let (name, value) = step.first {
            self.init(name: name, values: ["": value])
        } else {
            let step = try container.decode([String: [String: String]].self)
            let (name, values) = try #require(step.first)
            self.init(name: name, values: values)
        }
    }
}

extension ProfilePlan {
    /// The plan as the cases write it.
    var steps: [ProfilePlanCase.Step] {
        [source.step]
            + roles.map { role in
                .init(
                    name: "AssumeRole",
                    values: [
                        "role_arn": role.arn, "role_session_name": role.sessionName,
                        "external_id": role.externalID,
                    ].compactMapValues { $0 })
            }
    }
}

extension ProfilePlan.Source {
    fileprivate var step: ProfilePlanCase.Step {
        let (name, values): (String, [String: String?]) =
            switch self {
            case .keys(let keys):
                (
                    "AccessKey",
                    [
                        "access_key_id": keys.accessKeyID,
                        "secret_access_key": keys.secretAccessKey, "account_id": keys.accountID,
                    ]
                )
            case .named(let source): ("NamedSource", ["": source.rawValue])
            case .webIdentity(let settings):
                (
                    "WebIdentityToken",
                    [
                        "role_arn": settings.role.arn,
                        "role_session_name": settings.role.sessionName,
                        "web_identity_token_file": settings.tokenFile,
                    ]
                )
            case .singleSignOn(let settings):
                (
                    "Sso",
                    [
                        "sso_account_id": settings.accountID, "sso_role_name": settings.roleName,
                        "sso_region": settings.region, "sso_start_url": settings.startURL,
                        "sso_session": settings.session,
                    ]
                )
            case .process(let command, _): ("Process", ["": command])
            }
        return ProfilePlanCase.Step(name: name, values: values.compactMapValues { $0 })
    }
}
