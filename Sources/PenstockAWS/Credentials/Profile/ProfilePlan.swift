internal import Penstock

/// How the credentials of a profile come about: a source, and roles that are taken on from there.
///
/// A pure function of the profiles; nothing is asked or read to make one.
struct ProfilePlan: Hashable, Sendable {
    /// Where the first credentials come from.
    enum Source: Hashable, Sendable {
        /// The profile holds them.
        case keys(Credentials)
        /// A source of the surroundings.
        case named(NamedSource)
        /// A role, for the token of an identity provider.
        case webIdentity(WebIdentitySettings)
        /// Single sign-on.
        case singleSignOn(SSOSettings)
        /// A program prints them; the account goes with them where it names none.
        case process(command: String, account: String?)
    }

    /// What `credential_source` can name.
    enum NamedSource: String, Hashable, Sendable {
        case environment = "Environment"
        case container = "EcsContainer"
        case instance = "Ec2InstanceMetadata"
    }

    /// Where the first credentials come from.
    var source: Source
    /// The roles, the first to be taken on first.
    var roles: [RoleSettings] = []
}

extension ProfilePlan {
    /// Resolves a profile.
    ///
    /// A `role_arn` goes before everything else in its profile, and its source is another profile,
    /// the same one, or what `credential_source` names. Within a chain, keys in a profile go before
    /// its role.
    ///
    /// - Throws: ``CredentialError``: `notConfigured` where the profile says nothing of credentials,
    ///   `incomplete` where a part is missing, `invalid` where parts contradict each other or go in
    ///   a circle, `unsupported` where a way is asked for that does not exist here.
    init(of name: String, in profiles: SharedProfiles) throws(CredentialError) {
        var roles: [RoleSettings] = []
        var visited: [String] = []
        var next = name
        while true {
            guard let properties = profiles.profiles[next] else {
                throw .missing(profile: next, after: visited.last)
            }
            let profile = ProfileReader(name: next, properties: properties)
            guard !visited.contains(next) else { throw .circle(visited + [next]) }
            visited.append(next)
            if visited.count > 1, let keys = try? profile.keys() {
                self.init(source: .keys(keys), roles: roles.reversed())
                return
            }
            guard let role = try profile.role() else {
                let source = try profile.source(in: profiles, isRoot: visited.count == 1)
                self.init(source: source, roles: roles.reversed())
                return
            }
            roles.append(role)
            let source = try profile.sourceOfRole()
            guard case .profile(let other) = source, other != next else {
                let source = try profile.baseSource(source, in: profiles)
                self.init(source: source, roles: roles.reversed())
                return
            }
            next = other
        }
    }
}

extension CredentialError {
    fileprivate static func missing(profile: String, after last: String?) -> CredentialError {
        guard let last else {
            return CredentialError(.notConfigured, "There is no profile \"\(profile)\".")
        }
        return CredentialError(
            .incomplete,
            "The profile \"\(last)\" names \"\(profile)\" as its source_profile, which does not exist."
        )
    }

    fileprivate static func circle(_ names: [String]) -> CredentialError {
        let names = names.map { "\"\($0)\"" }.joined(separator: " -> ")
        return CredentialError(.invalid, "The profiles' source_profile go in a circle: \(names).")
    }
}
