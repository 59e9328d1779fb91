/// What a value of `sasl.jaas.config` says: a login module and its options.
///
/// Values of options are secrets as often as not; they are in no description and no mirror.
struct JAASConfiguration: Sendable, Equatable {
    /// What has to come of a login module, of which Kafka's clients have but one.
    enum Flag: String, Sendable {
        case required
        case requisite
        case sufficient
        case optional
    }

    /// The class name of the login module.
    let module: String
    let flag: Flag
    let options: [String: String]

    /// Reads a value the way Kafka's own clients do.
    init(parsing text: String) throws(JAASError) {
        var parser = JAASParser(text)
        self = try parser.parse()
    }

    init(module: String, flag: Flag, options: [String: String]) {
        (self.module, self.flag, self.options) = (module, flag, options)
    }
}

extension JAASConfiguration: CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// The module with the names of its options.
    var description: String {
        ([module, flag.rawValue] + options.keys.sorted().map { $0 + "=[hidden]" })
            .joined(separator: " ") + ";"
    }

    var debugDescription: String { description }

    var customMirror: Mirror {
        Mirror(self, children: ["description": description], displayStyle: .struct)
    }
}
