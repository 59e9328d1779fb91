/// Reads a value of `sasl.jaas.config`: `<module> <flag> name=value ... ;`, once.
struct JAASParser {
    private var tokenizer: JAASTokenizer
    private var token = JAASTokenizer.Token.end

    init(_ text: String) { tokenizer = JAASTokenizer(text) }

    mutating func parse() throws(JAASError) -> JAASConfiguration {
        advance()
        var entries: [JAASConfiguration] = []
        var second = 1
        while token != .end {
            if entries.count == 1 { second = tokenizer.position }
            entries.append(try entry())
            advance()
        }
        guard let first = entries.first else { throw fault(.moduleMissing) }
        guard entries.count == 1 else {
            throw JAASError(.severalModules(entries.count), at: second)
        }
        return first
    }

    private mutating func entry() throws(JAASError) -> JAASConfiguration {
        let module = token
        let start = tokenizer.position
        advance()
        let flag = try flag()
        advance()
        var options: [String: String] = [:]
        while token != .end, token != .character(";") { try readOption(into: &options) }
        guard token == .character(";") else { throw fault(.semicolonMissing) }
        guard case .text(let name) = module, !name.isEmpty else {
            throw JAASError(.moduleMissing, at: start)
        }
        return JAASConfiguration(module: name, flag: flag, options: options)
    }

    private func flag() throws(JAASError) -> JAASConfiguration.Flag {
        guard case .text(let text) = token else { throw fault(.flagMissing) }
        let flags: [JAASConfiguration.Flag] = [.required, .requisite, .sufficient, .optional]
        guard let flag = flags.first(where: { $0.rawValue.uppercased() == text.uppercased() })
        else { throw fault(.flagUnknown) }
        return flag
    }

    private mutating func readOption(into options: inout [String: String]) throws(JAASError) {
        let name = token
        let start = tokenizer.position
        advance()
        guard token == .character("=") else { throw JAASError(.valueMissing, at: start) }
        advance()
        guard case .text(let value) = token else { throw JAASError(.valueMissing, at: start) }
        advance()
        // Java keeps a value whose name is a number or a sign under no name at all.
        if case .text(let name) = name { options[name] = value }
    }

    private mutating func advance() { token = tokenizer.nextToken() }

    private func fault(_ code: JAASError.Code) -> JAASError {
        JAASError(code, at: tokenizer.position)
    }
}
