/// Reads the text of one configuration or credentials file into sections.
///
/// The grammar is that of AWS's own clients; their published cases are its tests.
struct ProfileFileParser {
    /// Which of the two files is read: they spell the names of profiles in different ways.
    enum File { case config, credentials }

    private let file: File
    private(set) var sections: [SectionName: [String: String]] = [:]
    private var current: SectionName?
    private var property: String?
    private var isInSection = false
    private var lineNumber = 0

    /// A section's kind and name.
    struct SectionName: Hashable {
        enum Kind { case profile, plainDefault, ssoSession, services }
        var kind: Kind
        var name: String
    }

    /// Reads a text.
    static func parse(
        _ text: String, of file: File
    ) throws(ProfileFileError) -> [SectionName: [String: String]] {
        var parser = ProfileFileParser(file: file)
        let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
        for line in lines {
            parser.lineNumber += 1
            try parser.read(line)
        }
        return parser.sections
    }

    private init(file: File) { self.file = file }

    private mutating func read(_ line: Substring) throws(ProfileFileError) {
        guard let first = line.first, !line.allSatisfy(\.isBlank), first != "#", first != ";" else {
            return
        }
        if first.isBlank {
            try readContinuation(line.trimmed)
        } else if first == "[" {
            try readSection(line.prefix { $0 != "#" && $0 != ";" }.trimmed)
        } else {
            try readProperty(line.withoutComment.trimmed)
        }
    }

    private mutating func readSection(_ line: Substring) throws(ProfileFileError) {
        guard line.last == "]" else { throw fault("Profile definition must end with ']'") }
        isInSection = true
        property = nil
        current = SectionName(line.dropFirst().dropLast().trimmed, in: file)
        if let current, sections[current] == nil { sections[current] = [:] }
    }

    private mutating func readProperty(_ line: Substring) throws(ProfileFileError) {
        guard isInSection else { throw fault("Expected a profile definition") }
        guard let separator = line.firstIndex(of: "=") else {
            throw fault("Expected an '=' sign defining a property")
        }
        let name = line[..<separator].trimmed.lowercased()
        guard !name.isEmpty else { throw fault("Property did not have a name") }
        property = name
        guard let current, name.allSatisfy(\.isProfileIdentifier) else { return }
        sections[current]?[name] = String(line[line.index(after: separator)...].trimmed)
    }

    private mutating func readContinuation(_ line: Substring) throws(ProfileFileError) {
        guard isInSection else { throw fault("Expected a profile definition") }
        guard let property else {
            throw fault("Expected a property definition, found continuation")
        }
        guard let current, let value = sections[current]?[property] else { return }
        // What continues an empty value is a property of its own, one level down.
        if value.isEmpty || value.first == "\n" {
            guard let separator = line.firstIndex(of: "=") else {
                throw fault("Expected an '=' sign defining a sub-property")
            }
            guard !line[..<separator].trimmed.isEmpty else {
                throw fault("Sub-property did not have a name")
            }
        }
        sections[current]?[property] = "\(value)\n\(line)"
    }

    private func fault(_ reason: String) -> ProfileFileError {
        ProfileFileError(line: lineNumber, reason: reason)
    }
}

extension ProfileFileParser.SectionName {
    /// Reads what stands between the brackets; `nil` where it names nothing in this file.
    fileprivate init?(_ text: Substring, in file: ProfileFileParser.File) {
        let word = text.prefix { !$0.isBlank }
        let rest = text[word.endIndex...].trimmed
        switch (file, word, rest.isEmpty) {
        case (.credentials, _, true): self.init(kind: .profile, name: String(word))
        case (.config, "default", true): self.init(kind: .plainDefault, name: "default")
        case (.config, "profile", false): self.init(kind: .profile, name: String(rest))
        case (.config, "sso-session", false): self.init(kind: .ssoSession, name: String(rest))
        case (.config, "services", false): self.init(kind: .services, name: String(rest))
        default: return nil
        }
        guard name.allSatisfy(\.isProfileIdentifier) else { return nil }
    }
}

extension Character {
    fileprivate var isBlank: Bool { self == " " || self == "\t" }

    fileprivate var isProfileIdentifier: Bool {
        isASCII && (isLetter || isNumber || "-_/.%@:+".contains(self))
    }
}

extension Substring {
    fileprivate var trimmed: Substring {
        var text = drop(while: \.isBlank)
        while text.last?.isBlank == true { text.removeLast() }
        return text
    }

    /// The text before a comment, which needs white space in front where values may hold its mark.
    fileprivate var withoutComment: Substring {
        var previous: Character = "x"
        for index in indices {
            if self[index] == "#" || self[index] == ";", previous.isBlank { return self[..<index] }
            previous = self[index]
        }
        return self
    }
}
