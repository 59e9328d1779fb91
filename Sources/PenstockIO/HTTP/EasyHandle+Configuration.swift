import CPenstockCurl

extension EasyHandle {
    /// Sets what is the same for every request of a client.
    func configure(_ configuration: HTTPClientConfiguration) {
        configureLoop()
        configureProtocol(configuration)
        configureTrust(configuration)
    }

    /// What makes libcurl fit to share a thread.
    private func configureLoop() {
        set(CURLOPT_NOSIGNAL, 1)
        // Without it the thread that resolves a name is waited for, for as long as it takes, when a
        // transfer is cancelled or runs out of time.
        set(CURLOPT_QUICK_EXIT, 1)
        set(CURLOPT_NOPROGRESS, 1)
    }

    private func configureProtocol(_ configuration: HTTPClientConfiguration) {
        set(CURLOPT_PROTOCOLS_STR, "http,https")
        set(CURLOPT_REDIR_PROTOCOLS_STR, "https")
        set(CURLOPT_FOLLOWLOCATION, 0)
        // DynamoDB speaks nothing newer, and one request per connection is what is counted here.
        set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
        set(CURLOPT_HTTP_CONTENT_DECODING, 0)
        // The path is signed as it is written.
        set(CURLOPT_PATH_AS_IS, 1)
        set(CURLOPT_TCP_NODELAY, 1)
        set(CURLOPT_TCP_KEEPALIVE, 1)
        // Fleets behind one name rotate; a minute-old address may be gone.
        set(CURLOPT_DNS_CACHE_TIMEOUT, 30)
        set(CURLOPT_CONNECTTIMEOUT_MS, configuration.connectTimeout.curlMilliseconds)
        set(CURLOPT_MAXAGE_CONN, max(1, Int(configuration.maximumIdleTime.components.seconds)))
        set(CURLOPT_MAXFILESIZE_LARGE, offset: configuration.maximumResponseBytes)
        set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    }

    private func configureTrust(_ configuration: HTTPClientConfiguration) {
        set(CURLOPT_SSL_VERIFYPEER, 1)
        set(CURLOPT_SSL_VERIFYHOST, 2)
        set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        set(CURLOPT_PROXY_SSL_VERIFYPEER, 1)
        set(CURLOPT_PROXY_SSL_VERIFYHOST, 2)
        set(CURLOPT_PROXY_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        if let file = configuration.certificateAuthorities {
            set(CURLOPT_CAINFO, file)
            set(CURLOPT_CAPATH, nil as String?)
            set(CURLOPT_PROXY_CAINFO, file)
            set(CURLOPT_PROXY_CAPATH, nil as String?)
        }
    }

    /// Sets the way to one host: by the proxy, or past it.
    ///
    /// Both options are always set, since libcurl reads the environment for those that are not.
    func configureRoute(through proxy: HTTPProxy?) {
        set(CURLOPT_PROXY, proxy?.url ?? "")
        // Which hosts are excepted has been looked at already: libcurl does not tell what it did.
        set(CURLOPT_NOPROXY, "")
        set(CURLOPT_PROXYUSERNAME, proxy?.user)
        set(CURLOPT_PROXYPASSWORD, proxy?.password)
    }
}

extension Duration {
    /// Milliseconds as libcurl takes them, where 0 would mean its own default or no limit.
    var curlMilliseconds: Int { Int(min(max(millisecondsRoundedUp, 1), Int64(Int32.max))) }
}
