internal import Penstock
internal import Synchronization

/// The file in which AWS's tools keep the token of a sign-on.
///
/// A token that was renewed here is kept in memory too: where the file cannot be written, the one
/// in it is of no more use.
final class SSOTokenCache: Sendable {
    private let path: String?
    private let environment: AWSEnvironment
    private let renewed = Mutex<SSOToken?>(nil)

    init(key: String, environment: AWSEnvironment) {
        self.environment = environment
        if let home = environment["HOME"], let name = SHA1.hexadecimal(key) {
            path = "\(home)/.aws/sso/cache/\(name).json"
        } else {
            path = nil
        }
    }

    /// The token that lasts longest of the file's and the last renewed one; nil where there is none.
    func token() -> SSOToken? {
        // Whatever is wrong with the file, signing on again mends it.
        let contents = path.flatMap { try? environment.readFile($0) }
        let stored = contents.flatMap(SSOToken.init)
        let renewed = renewed.withLock { $0 }
        guard let stored, let renewed else { return stored ?? renewed }
        return stored.expiration >= renewed.expiration ? stored : renewed
    }

    /// Keeps a renewed token's file.
    func store(_ contents: [UInt8]) -> SSOToken? {
        guard let token = SSOToken(contents) else { return nil }
        renewed.withLock { $0 = token }
        if let path { try? environment.writeFile(path, contents) }
        return token
    }
}
