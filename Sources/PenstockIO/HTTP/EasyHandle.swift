import CPenstockCurl

/// The owner of one libcurl easy handle: one transfer at a time, with its options.
///
/// The handle must have been taken out of its multi handle before the owner goes.
struct EasyHandle: ~Copyable {
    let raw: UnsafeMutableRawPointer

    init() {
        guard let raw = curl_easy_init() else {
            preconditionFailure("libcurl has no memory for an easy handle")
        }
        self.raw = raw
    }

    deinit { curl_easy_cleanup(raw) }

    func set(_ option: CURLoption, _ value: Int) {
        check(penstock_easy_set_long(raw, option, value))
    }

    func set(_ option: CURLoption, offset value: Int) {
        check(penstock_easy_set_offset(raw, option, curl_off_t(value)))
    }

    func set(_ option: CURLoption, _ value: String?) {
        check(penstock_easy_set_string(raw, option, value))
    }

    func set(_ option: CURLoption, pointer value: UnsafeRawPointer?) {
        check(penstock_easy_set_pointer(raw, option, value))
    }

    func set(_ option: CURLoption, list value: UnsafeMutablePointer<curl_slist>?) {
        check(penstock_easy_set_list(raw, option, value))
    }

    func set(_ option: CURLoption, sink value: penstock_sink) {
        check(penstock_easy_set_sink(raw, option, value))
    }

    func onRequest(_ body: curl_prereq_callback, _ context: UnsafeMutableRawPointer) {
        check(penstock_easy_set_prerequest(raw, body, context))
    }

    func long(_ info: CURLINFO) -> Int {
        var value = 0
        return penstock_easy_get_long(raw, info, &value) == CURLE_OK ? value : 0
    }

    /// Options are constants of this package with values checked before: a library that refuses
    /// one lacks what the package is built on, most of all the checks of TLS.
    private func check(_ code: CURLcode) {
        precondition(code == CURLE_OK, "libcurl does not know an option that it was built for")
    }
}
