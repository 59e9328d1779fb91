/// A setting of a way to credentials, as a properties file writes it.
public struct CredentialSetting: Sendable {
    /// The name, without the prefix that it has in a file.
    public let name: String
    /// Whether a file that selects the class must have it.
    public let isRequired: Bool
    /// What is allowed, as it reads after "must be"; nil for any text.
    let allowed: String?
    private let pattern: Pattern

    private enum Pattern {
        case any
        case roleARN
        case words(ClosedRange<Int>, also: String)
        case seconds(ClosedRange<Int>)
    }

    private init(_ name: String, isRequired: Bool, _ pattern: Pattern, allowed: String?) {
        self.name = name
        self.isRequired = isRequired
        self.pattern = pattern
        self.allowed = allowed
    }

    /// A setting that may be any text.
    public init(_ name: String, isRequired: Bool = false) {
        self.init(name, isRequired: isRequired, .any, allowed: nil)
    }

    /// The role's name in AWS.
    static func role(_ name: String) -> Self {
        Self(
            name, isRequired: true, .roleARN,
            allowed: "the ARN of a role, such as arn:aws:iam::123456789012:role/orders")
    }

    /// A text of letters, digits and a few signs, as STS takes it.
    static func words(_ name: String, _ count: ClosedRange<Int>, also signs: String) -> Self {
        Self(
            name, isRequired: false, .words(count, also: signs),
            allowed: "\(count.lowerBound) to \(count.upperBound) letters, digits and \(signs)")
    }

    /// A number of seconds.
    static func seconds(_ name: String, _ range: ClosedRange<Int>) -> Self {
        Self(
            name, isRequired: false, .seconds(range),
            allowed: "a whole number of seconds from \(range.lowerBound) to \(range.upperBound)")
    }

    func accepts(_ text: String) -> Bool {
        switch pattern {
        case .any: true
        case .roleARN:
            text.hasPrefix("arn:") && text.utf8.allSatisfy { 0x21...0x7E ~= $0 }
                && text.split(separator: ":", omittingEmptySubsequences: false).count >= 6
        case .words(let count, let signs):
            count ~= text.utf8.count
                && text.allSatisfy {
                    $0.isASCII && ($0.isLetter || $0.isNumber || signs.contains($0))
                }
        case .seconds(let range): Int(text).map { range ~= $0 } ?? false
        }
    }
}

extension CredentialSetting: ExpressibleByStringLiteral {
    /// A setting of this name that may be any text and may be missing.
    public init(stringLiteral name: String) { self.init(name) }
}
