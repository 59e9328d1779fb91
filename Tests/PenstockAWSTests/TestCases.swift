import Foundation

/// The folder of case files that the tests come with.
enum TestCases {
    /// A case file that is not as the tests know it.
    struct Unexpected: Error {}

    static func url(_ name: String) throws -> URL {
        guard let root = Bundle.module.resourceURL else { throw Unexpected() }
        return root.appending(path: "Cases").appending(path: name)
    }

    static func data(_ name: String) throws -> Data { try Data(contentsOf: url(name)) }
}
