import Testing

@testable import PenstockAWS

@Suite("From profiles to a plan")
struct ProfilePlanTests {
    /// The cases' texts are another client's own wording: ours has to have this code and these words.
    private static let wording: [String: (CredentialError.Code, [String])] = [
        "profile must contain `source_profile`": (.incomplete, ["\"A\"", "source_profile"]),
        "profile contained both source_profile and credential_source": (
            .invalid, ["\"A\"", "source_profile", "credential_source"]
        ),
        "profile missing aws_secret_access_key": (
            .incomplete, ["\"B\"", "without aws_secret_access_key"]
        ),
        "profile missing aws_access_key_id": (.incomplete, ["\"B\"", "without aws_access_key_id"]),
        "profile `B` did not contain credential information": (.incomplete, ["\"B\""]),
        "profile `A` did not contain credential information": (.notConfigured, ["\"A\""]),
        "could not find source profile B referenced from A": (.incomplete, ["\"A\"", "\"B\""]),
        "No profiles were defined": (.notConfigured, ["\"A\""]),
        "profile formed an infinite loop": (.invalid, ["\"A\" -> \"B\" -> \"A\""]),
        "`role_arn` was missing": (.incomplete, ["\"A\"", "no role_arn"]),
        "if `sso_role_name` is set, then `sso_account_id` must also be set": (
            .incomplete, ["sso_role_name without sso_account_id"]
        ),
        "if `sso_account_id` is set, then `sso_role_name` must also be set": (
            .incomplete, ["sso_account_id without sso_role_name"]
        ),
        "`sso_region` can only be specified in the [sso-session] config when a session name is "
            + "given": (.invalid, ["sso_region", "sso_session \"A\""]),
        "sso-session named `oops` (referenced by profile `A`) was not found": (
            .incomplete, ["\"A\"", "\"oops\""]
        ),
    ]

    @Test("assume-role-tests", arguments: try ProfilePlanCase.all())
    func published(_ example: ProfilePlanCase) throws {
        do throws(CredentialError) {
            let plan = try example.plan()
            #expect(plan.steps == example.output.ProfileChain)
        } catch {
            let text = try #require(example.output.Error, "\(error)")
            let (code, words) = try #require(Self.wording[text], "\(text)")
            #expect(error.code == code, "\(error)")
            for word in words { #expect(error.description.contains(word), "\(error)") }
        }
    }

    @Test("all of them")
    func count() throws { #expect(try ProfilePlanCase.all().count == 28) }

    private func plan(
        _ profiles: [String: [String: String]], of name: String = "A"
    ) throws(CredentialError) -> ProfilePlan {
        var shared = SharedProfiles()
        shared.profiles = profiles
        return try ProfilePlan(of: name, in: shared)
    }

    private func code(_ properties: [String: String]) -> CredentialError.Code? {
        do throws(CredentialError) {
            _ = try plan(["A": properties, "B": ["aws_access_key_id": "k"]])
            return nil
        } catch { return error.code }
    }

    private let keys = ["aws_access_key_id": "KEY", "aws_secret_access_key": "s"]

    @Test("web identity, single sign-on and programs go before keys of the same profile")
    func precedence() throws {
        let ways: [(name: String, properties: [String: String])] = [
            ("WebIdentityToken", ["web_identity_token_file": "/t", "role_arn": "r"]),
            ("Sso", ["sso_start_url": "u", "sso_region": "r"]),
            ("Process", ["credential_process": "p"]),
            ("AccessKey", keys),
        ]
        var all: [String: String] = [:]
        for (name, properties) in ways.reversed() {
            all.merge(properties) { $1 }
            #expect(try plan(["A": all]).steps.map(\.name) == [name])
        }
    }

    @Test("what a role says is kept; its account goes with a program's credentials")
    func settings() throws {
        let plan = try plan([
            "A": ["role_arn": "r", "source_profile": "B", "duration_seconds": "900"],
            "B": ["credential_process": "p", "aws_account_id": "1"],
        ])
        #expect(plan.source == .process(command: "p", account: "1"))
        #expect(plan.roles == [RoleSettings(arn: "r", duration: .seconds(900))])
    }

    @Test(
        "ways that do not exist here are refused by name",
        arguments: ["mfa_serial", "login_session"])
    func unsupported(property: String) {
        let role = ["role_arn": "r", "source_profile": "A"].filter { _ in property == "mfa_serial" }
        let properties = keys.merging(role) { $1 }.merging([property: "x"]) { $1 }
        let error = #expect(throws: CredentialError.self) { try plan(["A": properties]) }
        #expect(error?.code == .unsupported && error?.description.contains(property) == true)
    }

    @Test("what makes no sense is an error, and shows no value")
    func nonsense() throws {
        let role = ["role_arn": "r", "source_profile": "A"].merging(keys) { $1 }
        for duration in ["899", "43201", "x", "-1", "1e3"] {
            #expect(code(role.merging(["duration_seconds": duration]) { $1 }) == .invalid)
        }
        #expect(code(["role_arn": "r", "credential_source": "hush"]) == .invalid)
        #expect(code(["sso_start_url": "u"]) == .incomplete)
        #expect(code(["role_arn": "r", "source_profile": "B"]) == .incomplete)
        #expect(code([:]) == .notConfigured)
    }

    @Test("a long chain is followed to its end, a long circle named")
    func long() throws {
        var profiles = ["p0": keys]
        for number in 1...2000 {
            profiles["p\(number)"] = ["role_arn": "r\(number)", "source_profile": "p\(number - 1)"]
        }
        let plan = try plan(profiles, of: "p2000")
        #expect(plan.roles.first?.arn == "r1" && plan.roles.last?.arn == "r2000")
        profiles["p0"] = ["role_arn": "r0", "source_profile": "p3"]
        let error = #expect(throws: CredentialError.self) { try self.plan(profiles, of: "p4") }
        #expect(
            error?.description.contains("\"p3\" -> \"p2\" -> \"p1\" -> \"p0\" -> \"p3\"") == true)
    }
}
