/// What a container proves to its agent with.
enum ContainerToken {
    /// The largest token that is taken, in bytes.
    static let limit = 64 << 10

    private static let file = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"
    private static let variable = "AWS_CONTAINER_AUTHORIZATION_TOKEN"

    /// The token of the file, or else of the variable; nil where neither is set.
    ///
    /// The file is read at each call: its owner replaces it before the token in it ends.
    static func read(_ environment: AWSEnvironment) throws(CredentialError) -> String? {
        if let path = environment[file] {
            return try check(contents(path, environment), file)
        }
        guard let token = environment[variable] else { return nil }
        return try check(Array(token.utf8), variable)
    }

    private static func contents(
        _ path: String, _ environment: AWSEnvironment
    ) throws(CredentialError) -> [UInt8] {
        let contents: [UInt8]?
        do { contents = try environment.readFile(path) } catch {
            throw CredentialError(.unreadable, "The file of \(file) cannot be read: \(error).")
        }
        guard let contents else {
            throw CredentialError(.unreadable, "The file of \(file) does not exist.")
        }
        return contents
    }

    private static func check(
        _ token: [UInt8], _ source: String
    ) throws(CredentialError) -> String {
        guard !token.isEmpty else {
            throw CredentialError(.incomplete, "The token of \(source) is empty.")
        }
        guard token.count <= limit else {
            throw CredentialError(
                .invalid, "The token of \(source) is larger than \(limit) bytes.")
        }
        // A line break would begin another header of the request.
        guard token.allSatisfy({ 0x20...0x7E ~= $0 }) else {
            throw CredentialError(
                .invalid, "The token of \(source) holds a line break or a control character.")
        }
        return String(decoding: token, as: UTF8.self)
    }
}
