/// Why a text is not in the `.properties` format.
struct PropertiesSyntaxError: Error, Equatable {
    /// The line on which the faulty logical line begins, from 1.
    var line: Int
    /// What is wrong, as it reads after the line's number.
    var reason: String
}
