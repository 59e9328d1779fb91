import CPenstockCurl

/// libcurl's process-wide state.
enum CurlLibrary {
    private static let hasStarted = curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK

    /// Starts the library once per process; without effect after that.
    static func start() { precondition(hasStarted, "libcurl cannot be started") }
}
