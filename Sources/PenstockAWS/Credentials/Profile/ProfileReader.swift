internal import Penstock

/// Reads what one profile says of credentials.
struct ProfileReader {
    let name: String
    let properties: [String: String]

    /// Where the credentials come from that a role is taken on with.
    enum RoleSource: Hashable {
        case profile(String)
        case named(ProfilePlan.NamedSource)
    }

    /// A property's value; empty ones count as not set.
    subscript(_ property: String) -> String? {
        guard let value = properties[property], !value.isEmpty else { return nil }
        return value
    }

    func error(_ code: CredentialError.Code, _ clause: String) -> CredentialError {
        CredentialError(code, "The profile \"\(name)\" \(clause).")
    }
}

// MARK: Roles

extension ProfileReader {
    /// The role that is taken on with other credentials; nil where there is none, or where it is
    /// taken on with a token.
    func role() throws(CredentialError) -> RoleSettings? {
        guard self["web_identity_token_file"] == nil, let arn = self["role_arn"] else { return nil }
        if self["mfa_serial"] != nil {
            throw error(
                .unsupported,
                "has mfa_serial: a role that wants a code typed in cannot be taken on here")
        }
        var role = try settings(ofRole: arn)
        role.externalID = self["external_id"]
        return role
    }

    private func settings(ofRole arn: String) throws(CredentialError) -> RoleSettings {
        var role = RoleSettings(arn: arn, sessionName: self["role_session_name"])
        if let text = self["duration_seconds"] {
            guard let seconds = Int64(text), 900...43200 ~= seconds else {
                throw error(.invalid, "has a duration_seconds that is not between 900 and 43200")
            }
            role.duration = .seconds(seconds)
        }
        return role
    }

    /// Where the role's own credentials come from.
    func sourceOfRole() throws(CredentialError) -> RoleSource {
        switch (self["source_profile"], self["credential_source"]) {
        case (let profile?, nil): return .profile(profile)
        case (nil, let source?): return .named(try namedSource(source))
        case (_?, _?):
            throw error(.invalid, "has both source_profile and credential_source")
        case (nil, nil):
            throw error(
                .incomplete, "has role_arn and neither source_profile nor credential_source")
        }
    }

    private func namedSource(
        _ name: String
    ) throws(CredentialError) -> ProfilePlan.NamedSource {
        guard let source = ProfilePlan.NamedSource(rawValue: name) else {
            throw error(
                .invalid,
                "has a credential_source other than Environment, EcsContainer and "
                    + "Ec2InstanceMetadata")
        }
        return source
    }

    /// The source of a role that ends the chain: one of the surroundings, or the same profile.
    func baseSource(
        _ source: RoleSource, in profiles: SharedProfiles
    ) throws(CredentialError) -> ProfilePlan.Source {
        if case .named(let source) = source { return .named(source) }
        return try self.source(in: profiles, isRoot: false)
    }
}

// MARK: Sources

extension ProfileReader {
    /// What the profile itself leads to, roles apart.
    ///
    /// As the root, which nobody named as a source, it may say nothing of credentials: a chain then
    /// goes on.
    func source(
        in profiles: SharedProfiles, isRoot: Bool
    ) throws(CredentialError) -> ProfilePlan.Source {
        if let source = self["credential_source"] { return .named(try namedSource(source)) }
        if let file = self["web_identity_token_file"] {
            guard let arn = self["role_arn"] else {
                throw error(.incomplete, "has web_identity_token_file and no role_arn")
            }
            return .webIdentity(
                WebIdentitySettings(role: try settings(ofRole: arn), tokenFile: file))
        }
        if let settings = try singleSignOn(profiles) { return .singleSignOn(settings) }
        if self["login_session"] != nil {
            throw error(.unsupported, "wants login_session, which does not exist here")
        }
        if let command = self["credential_process"] {
            return .process(command: command, account: self["aws_account_id"])
        }
        do {
            return .keys(try keys())
        } catch {
            guard isRoot || error.code != .notConfigured else {
                throw CredentialError(.incomplete, error.description)
            }
            throw error
        }
    }

    /// The keys that the profile holds.
    func keys() throws(CredentialError) -> Credentials {
        switch (self["aws_access_key_id"], self["aws_secret_access_key"]) {
        case (let key?, let secret?):
            do throws(Credentials.Fault) {
                return try Credentials(
                    accessKeyID: key, secretAccessKey: secret,
                    sessionToken: self["aws_session_token"], accountID: self["aws_account_id"]
                ).cleaned()
            } catch { throw self.error(.invalid, "holds credentials \(error.clause)") }
        case (_?, nil):
            throw error(.incomplete, "has aws_access_key_id without aws_secret_access_key")
        case (nil, _?):
            throw error(.incomplete, "has aws_secret_access_key without aws_access_key_id")
        case (nil, nil): throw error(.notConfigured, "holds no credentials")
        }
    }

    /// The settings of single sign-on; nil where there is none of them.
    private func singleSignOn(_ profiles: SharedProfiles) throws(CredentialError) -> SSOSettings? {
        let names = [
            "sso_session", "sso_start_url", "sso_region", "sso_account_id", "sso_role_name",
        ]
        guard names.contains(where: { self[$0] != nil }) else { return nil }
        for (one, other) in [
            ("sso_account_id", "sso_role_name"), ("sso_role_name", "sso_account_id"),
        ] where self[one] != nil && self[other] == nil {
            throw error(.incomplete, "has \(one) without \(other)")
        }
        let session = self["sso_session"]
        let section: ProfileReader =
            if let session { try self.section(ofSession: session, profiles) } else { self }
        for required in ["sso_region", "sso_start_url"] where section[required] == nil {
            throw section.error(.incomplete, "has no \(required)")
        }
        return SSOSettings(
            startURL: section["sso_start_url"] ?? "", region: section["sso_region"] ?? "",
            accountID: self["sso_account_id"], roleName: self["sso_role_name"], session: session,
            profile: name)
    }

    /// The section that `sso_session` names, where the profile does not contradict it.
    private func section(
        ofSession session: String, _ profiles: SharedProfiles
    ) throws(CredentialError) -> ProfileReader {
        guard let properties = profiles.ssoSessions[session] else {
            throw error(
                .incomplete, "names the sso_session \"\(session)\", which has no section")
        }
        let section = ProfileReader(name: name, properties: properties)
        for property in ["sso_region", "sso_start_url"] {
            if let value = self[property], value != section[property] {
                throw error(
                    .invalid,
                    "has a \(property) of its own, which belongs to the section of its "
                        + "sso_session \"\(session)\"")
            }
        }
        return section
    }
}
