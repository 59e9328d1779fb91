extension Credentials {
    /// What is wrong with credentials, as a clause such as "with a session token that holds spaces
    /// or control characters"; shows nothing of them.
    struct Fault: Error, Hashable { let clause: String }

    /// The same without white space around the parts: what comes out of a file or a Kubernetes
    /// secret often ends with a line's end, and would make a wrong signature.
    ///
    /// - Returns: The credentials; a session token or account of nothing counts as none.
    /// - Throws: ``Fault`` where a part is empty, or holds what no header of a request may.
    func cleaned() throws(Fault) -> Credentials {
        let token = try sessionToken.map { text throws(Fault) in
            try Self.clean(text, "session token", mayBeEmpty: true)
        }
        let account = try accountID.map { text throws(Fault) in
            try Self.clean(text, "account", mayBeEmpty: true)
        }
        return Credentials(
            accessKeyID: try Self.clean(accessKeyID, "access key ID"),
            secretAccessKey: try Self.clean(secretAccessKey, "secret access key"),
            sessionToken: token?.isEmpty == true ? nil : token, expiration: expiration,
            accountID: account?.isEmpty == true ? nil : account)
    }

    private static func clean(
        _ text: String, _ name: String, mayBeEmpty: Bool = false
    ) throws(Fault) -> String {
        var bytes = text.utf8[...]
        while let first = bytes.first, isSpace(first) { bytes.removeFirst() }
        while let last = bytes.last, isSpace(last) { bytes.removeLast() }
        guard mayBeEmpty || !bytes.isEmpty else { throw Fault(clause: "with an empty \(name)") }
        guard bytes.allSatisfy({ 0x21...0x7E ~= $0 }) else {
            throw Fault(clause: "with a \(name) that holds spaces or control characters")
        }
        return String(Substring(bytes))
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || 0x09...0x0D ~= byte }
}
