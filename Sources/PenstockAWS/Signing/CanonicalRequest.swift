internal import PenstockIO

/// The one spelling of a request that both sides hash.
struct CanonicalRequest {
    /// The whole text.
    let bytes: [UInt8]
    /// The names of the headers that are part of it, in order, joined by semicolons.
    let signedHeaders: String

    /// Spells a request of a canonical path and query, every header that is signed, `Host`
    /// included, and the hexadecimal digest of the body.
    init(
        method: String, path: [UInt8], query: [UInt8], headers: [HTTPHeader], payloadHash: String
    ) throws(SigningError) {
        let grouped = try Self.group(headers)
        signedHeaders = grouped.map(\.name).joined(separator: ";")
        var bytes = Array(method.utf8)
        bytes.append(0x0A)
        bytes += path
        bytes.append(0x0A)
        bytes += query
        bytes.append(0x0A)
        for (name, value) in grouped {
            bytes += name.utf8
            bytes.append(0x3A)
            bytes += value
            bytes.append(0x0A)
        }
        bytes.append(0x0A)
        bytes += signedHeaders.utf8
        bytes.append(0x0A)
        bytes += payloadHash.utf8
        self.bytes = bytes
    }

    /// Headers by lower-case name, sorted; the values of a repeated name joined by commas.
    private static func group(
        _ headers: [HTTPHeader]
    ) throws(SigningError) -> [(name: String, value: [UInt8])] {
        var grouped: [String: [UInt8]] = [:]
        for header in headers {
            guard isToken(header.name) else { throw SigningError(.malformedHeader) }
            let name = header.name.lowercased()
            if grouped[name] != nil { grouped[name]?.append(0x2C) }
            grouped[name, default: []] += trimmed(header.value)
        }
        return grouped.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            .map { (name: $0.key, value: $0.value) }
    }

    /// A value without white space at its ends, every run of it inside made one space.
    private static func trimmed(_ value: String) -> [UInt8] {
        var output: [UInt8] = []
        var pending = false
        for byte in value.utf8 {
            if byte == 0x20 || 0x09...0x0D ~= byte {
                pending = !output.isEmpty
            } else {
                if pending { output.append(0x20) }
                pending = false
                output.append(byte)
            }
        }
        return output
    }

    private static func isToken(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.allSatisfy { 0x21...0x7E ~= $0 && $0 != 0x3A }
    }
}

extension CanonicalRequest {
    /// The path, percent-encoded; `.`, `..` and empty segments resolved where `normalizing`.
    static func path(_ path: Substring, normalizing: Bool) -> [UInt8] {
        var output: [UInt8] = []
        guard normalizing else {
            PercentEncoding.append(path.utf8, to: &output, keepingSlash: true)
            return output
        }
        var segments: [Substring] = []
        let written = path.split(separator: "/", omittingEmptySubsequences: false)
        for segment in written where !segment.isEmpty && segment != "." {
            if segment == ".." { _ = segments.popLast() } else { segments.append(segment) }
        }
        for segment in segments {
            output.append(0x2F)
            PercentEncoding.append(segment.utf8, to: &output)
        }
        // What ended in a directory still does.
        let endsInSlash = ["", ".", ".."].contains(written.last)
        if segments.isEmpty || endsInSlash { output.append(0x2F) }
        return output
    }

    /// The parameters sorted by name and value, each decoded and encoded anew.
    static func query(_ query: Substring) -> [UInt8] {
        let parameters = query.split(separator: "&").map { parameter in
            let name = parameter.prefix { $0 != "=" }
            return (encoded(name), encoded(parameter[name.endIndex...].dropFirst()))
        }
        var output: [UInt8] = []
        for (name, value) in parameters.sorted(by: precedes) {
            if !output.isEmpty { output.append(0x26) }
            output += name
            output.append(0x3D)
            output += value
        }
        return output
    }

    private static func encoded(_ text: Substring) -> [UInt8] {
        var output: [UInt8] = []
        PercentEncoding.append(PercentEncoding.decode(text), to: &output)
        return output
    }

    private static func precedes(_ left: ([UInt8], [UInt8]), _ right: ([UInt8], [UInt8])) -> Bool {
        left.0 == right.0
            ? left.1.lexicographicallyPrecedes(right.1) : left.0.lexicographicallyPrecedes(right.0)
    }
}
