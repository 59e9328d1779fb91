import CPenstockCurl

/// The owner of one address as libcurl reads it.
///
/// Decisions about an address are made on what the transfer itself will read, so that no second
/// parser can be led to a different host.
struct CurlURL: ~Copyable {
    private let handle: OpaquePointer

    /// Reads an address; `nil` for what is none.
    init?(_ text: String, flags: UInt32) {
        guard !text.utf8.contains(0), let handle = curl_url() else { return nil }
        guard curl_url_set(handle, CURLUPART_URL, text, flags) == CURLUE_OK else {
            curl_url_cleanup(handle)
            return nil
        }
        self.handle = handle
    }

    deinit { curl_url_cleanup(handle) }

    subscript(_ part: CURLUPart, _ flags: UInt32 = 0) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(handle, part, &text, flags) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }
}
