import PenstockAWS
import Testing

@Suite("Published scenarios of profiles, roles and single sign-on")
struct ProfileScenarioTests {
    @Test("profile-provider", arguments: try CredentialScenario.all(in: "profile-provider"))
    func profiles(_ scenario: CredentialScenario) async {
        await scenario.check { ProfileCredentials(context: $0) }
    }

    private static let profileScenarios = ["sso_assume_role", "web_identity_token_profile"]

    @Test(
        "default-credential-provider-chain, by the profile",
        arguments: try CredentialScenario.all(in: "default-credential-provider-chain")
            .filter { profileScenarios.contains($0.name) })
    func chain(_ scenario: CredentialScenario) async {
        await scenario.check { ProfileCredentials(context: $0) }
    }

    @Test(
        "default-credential-provider-chain, by the web identity's variables",
        arguments: try CredentialScenario.all(in: "default-credential-provider-chain")
            .filter { $0.name == "web_identity_token_env" })
    func webIdentity(_ scenario: CredentialScenario) async {
        await scenario.check { WebIdentityCredentials(context: $0) }
    }
}
