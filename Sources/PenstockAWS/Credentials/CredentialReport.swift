/// Which source of credentials answers, whose they are, and why the others have none.
package struct CredentialReport: Sendable {
    /// What the sources said, in the order in which they were asked.
    package var attempts: [CredentialChain.Attempt]
    /// Whose credentials they are, as STS tells it; nil where there are none.
    package var identity: Result<CallerIdentity, CredentialError>?

    /// The credentials that were found.
    package var credentials: Credentials? {
        guard case .success(let credentials) = attempts.last?.outcome else { return nil }
        return credentials
    }

    /// Asks a provider, source by source where it is a chain, and then STS whose credentials these
    /// are, which needs no permission.
    ///
    /// - Parameters:
    ///   - provider: The provider.
    ///   - name: What to call it where it is no chain.
    ///   - region: Where STS is asked; nil for the region of the environment or the profile.
    ///   - context: Variables, files and the way to the network.
    package init(
        of provider: any CredentialProvider, name: String, region: String?, context: AWSContext
    ) async {
        if let chain = provider as? CredentialChain {
            attempts = await chain.inspect()
        } else {
            attempts = [.init(source: name, outcome: await Self.outcome(of: provider))]
        }
        guard case .success(let credentials) = attempts.last?.outcome else { return }
        do throws(CredentialError) {
            identity = .success(
                try await CallerIdentity.find(of: credentials, region: region, context: context))
        } catch { identity = .failure(error) }
    }

    /// A report of a source that could not be asked.
    package init(failure reason: String, of source: String) {
        let error = CredentialError(.incomplete, reason)
        attempts = [.init(source: source, outcome: .failure(error))]
    }

    private static func outcome(
        of provider: any CredentialProvider
    ) async -> Result<Credentials, CredentialError> {
        do throws(CredentialError) { return .success(try await provider.credentials()) } catch {
            return .failure(error)
        }
    }
}

extension CredentialReport {
    /// The report line by line.
    ///
    /// Of the access key no more than four characters show, of everything else nothing secret.
    package var lines: [String] {
        var lines = attempts.map { attempt in
            switch attempt.outcome {
            case .success: "\(attempt.source): answers"
            case .failure(let error): "\(attempt.source): \(error.description)"
            }
        }
        guard let credentials else { return lines }
        lines.append("  access key  \(credentials.accessKeyID.prefix(4))...")
        let account = credentials.accountID ?? (try? identity?.get())?.account
        if let account { lines.append("  account     \(account)") }
        switch identity {
        case .success(let identity): lines.append("  identity    \(identity.arn)")
        case .failure(let error): lines.append("  identity    not known: \(error.description)")
        case nil: break
        }
        lines.append("  expires     \(credentials.expiration?.iso8601 ?? "not known to end")")
        return lines
    }
}
