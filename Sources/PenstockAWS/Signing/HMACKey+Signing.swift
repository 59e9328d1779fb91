extension HMACKey {
    /// The code of a text under this key.
    mutating func code(_ text: String) throws(SigningError) -> SHA256Digest {
        try code(Array(text.utf8).span.bytes)
    }

    /// The key that signs for one day, region and service.
    static func signing(
        secret: String, day: Substring, region: String, service: String
    ) throws(SigningError) -> HMACKey {
        var key = try HMACKey(Array("AWS4\(secret)".utf8).span.bytes)
        for step in [String(day), region, service, "aws4_request"] {
            let code = try key.code(step)
            key = try HMACKey(code.bytes.span.bytes)
        }
        return key
    }
}
