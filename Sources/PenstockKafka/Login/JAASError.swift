/// Why a value of `sasl.jaas.config` is none.
///
/// It names a position and never the text there, which may be a part of a password that was quoted
/// wrongly.
struct JAASError: Error, Hashable, CustomStringConvertible {
    /// What is wrong.
    enum Code: Hashable, Sendable {
        case moduleMissing
        case flagMissing
        case flagUnknown
        case valueMissing
        case semicolonMissing
        case severalModules(Int)
    }

    let code: Code
    /// Where the part begins that is wrong, in characters from 1.
    let position: Int

    init(_ code: Code, at position: Int) {
        (self.code, self.position) = (code, position)
    }

    var description: String { "at character \(position): \(sentence)" }

    private var sentence: String {
        switch code {
        case .moduleMissing: "a login module's class name is missing"
        case .flagMissing: "a control flag, such as required, must follow the login module"
        case .flagUnknown: "the control flags are required, requisite, sufficient and optional"
        case .valueMissing:
            "an option needs a name, = and a value; put values in quotation marks unless they "
                + "consist of letters, digits, dots, dashes and underscores and begin with a letter"
        case .semicolonMissing: "the entry must end with a semicolon"
        case .severalModules(let count): "one login module is wanted, not \(count)"
        }
    }
}
