/// A property that nothing reads: worth a warning, since it is often a slip of the pen.
public struct UnknownProperty: Sendable, Hashable {
    /// The name as given.
    public let name: String
    /// The known name that it was probably meant to be.
    public let nearest: String?

    package init(name: String, nearest: String?) {
        self.name = name
        self.nearest = nearest
    }
}

extension UnknownProperty: CustomStringConvertible {
    /// The name, and the nearest one as a question.
    public var description: String {
        guard let nearest else { return "\(name) is not known" }
        return "\(name) is not known; did you mean \(nearest)?"
    }
}
