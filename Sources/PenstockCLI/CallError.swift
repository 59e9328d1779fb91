/// What is wrong with the command's arguments.
struct CallError: Error, Equatable, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
