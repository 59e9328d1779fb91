import CPenstockCurl

/// What libcurl calls while it moves a transfer; nothing here may call libcurl.
extension HTTPExchange {
    func installCallbacks() {
        let context = Unmanaged.passUnretained(self).toOpaque()
        easy.set(CURLOPT_PRIVATE, pointer: context)
        easy.set(CURLOPT_WRITEDATA, pointer: context)
        easy.set(CURLOPT_HEADERDATA, pointer: context)
        easy.set(
            CURLOPT_WRITEFUNCTION,
            sink: { bytes, size, count, context in
                let taken = HTTPExchange.from(context)?.answer
                    .appendBody(UnsafeRawBufferPointer(start: bytes, count: size * count))
                return taken == true ? size * count : 0
            })
        easy.set(
            CURLOPT_HEADERFUNCTION,
            sink: { bytes, size, count, context in
                let taken = HTTPExchange.from(context)?.answer
                    .appendHead(UnsafeRawBufferPointer(start: bytes, count: size * count))
                return taken == true ? size * count : 0
            })
        easy.onRequest(
            { context, _, _, _, _ in
                guard let exchange = HTTPExchange.from(context) else { return 1 }
                return exchange.noteAttempt() ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
            }, context)
    }

    /// The exchange of a handle; it is alive as long as its handle is in a multi handle.
    static func of(_ easy: UnsafeMutableRawPointer) -> HTTPExchange? {
        var context: UnsafeMutableRawPointer?
        guard penstock_easy_get_pointer(easy, CURLINFO_PRIVATE, &context) == CURLE_OK else {
            return nil
        }
        return from(context)
    }

    private static func from(_ context: UnsafeMutableRawPointer?) -> HTTPExchange? {
        context.map { Unmanaged<HTTPExchange>.fromOpaque($0).takeUnretainedValue() }
    }

    /// A request is about to be sent on a connection that stands.
    ///
    /// libcurl sends a request again by itself when a kept connection breaks before any answer.
    /// The server may have acted on the first one, so only the caller can know whether that is
    /// right; false stops the second.
    private func noteAttempt() -> Bool {
        guard !isResendRefused else {
            answer.wasResendRefused = true
            return false
        }
        answer.attempts += 1
        return true
    }
}
