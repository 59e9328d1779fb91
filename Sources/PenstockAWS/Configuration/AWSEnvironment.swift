/// What the AWS parts read of the machine: variables and files, together, so that a program can put
/// others in their place.
public struct AWSEnvironment: Sendable {
    /// The environment variables.
    public var variables: [String: String]
    /// Reads a small file as a whole; `nil` where there is none.
    ///
    /// Called on whatever thread asks for credentials or settings; it may block for as long as a
    /// local file takes.
    public var readFile: @Sendable (_ path: String) throws -> [UInt8]?
    /// Puts a small file that only its owner may read in the place of another, or of none, as a
    /// whole or not at all.
    package var writeFile: @Sendable (_ path: String, _ contents: [UInt8]) throws -> Void = {
        _, _ in
    }

    /// Whether nobody but this process's user and root can have written a file; true where there is
    /// none.
    package var isTrusted: @Sendable (_ path: String) throws -> Bool = { _ in true }

    /// An environment of these variables and files, nothing else; what is written is lost.
    public init(
        variables: [String: String],
        readFile: @escaping @Sendable (_ path: String) throws -> [UInt8]? = { _ in nil }
    ) {
        self.variables = variables
        self.readFile = readFile
    }

    /// A variable's value; blank ones count as not set.
    public subscript(_ name: String) -> String? {
        guard let value = variables[name], value.utf8.contains(where: { $0 > 0x20 }) else {
            return nil
        }
        return value
    }
}

extension AWSEnvironment: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// How many variables there are; their values may be secrets.
    public var description: String { "AWSEnvironment(\(variables.count) variables)" }

    /// The same as `description`.
    public var debugDescription: String { description }

    /// The variables' number, so that dumping whatever holds an environment shows no secret.
    public var customMirror: Mirror { Mirror(self, children: ["variables": variables.count]) }
}
