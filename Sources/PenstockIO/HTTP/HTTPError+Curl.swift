import CPenstockCurl
import Penstock

extension HTTPError {
    /// The error of a transfer that ended with one of libcurl's codes.
    init(_ result: CURLcode, mayHaveBeenSent: Bool, host: String) {
        let (code, kind) = Self.classify(result)
        self.init(
            code, kind: kind, mayHaveBeenSent: mayHaveBeenSent, host: host,
            curlCode: Int(result.rawValue), detail: String(cString: curl_easy_strerror(result)))
    }

    /// The error of a request that a proxy answered itself, with this status.
    init(proxyStatus status: Int, host: String) {
        let detail =
            switch status {
            case 407: "its user or password is missing or wrong (HTTP 407)"
            default: "HTTP \(status)"
            }
        self.init(.proxy, kind: Self.kind(ofProxyStatus: status), host: host, detail: detail)
    }

    private static func kind(ofProxyStatus status: Int) -> ErrorKind {
        switch status {
        case 408, 425, 429: .retriable
        // A rule or a password: trying again changes neither.
        case 400...499: .fatal
        default: .retriable
        }
    }

    private static func classify(_ result: CURLcode) -> (Code, ErrorKind) {
        switch result {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY:
            (.resolve, .retriable)
        case CURLE_COULDNT_CONNECT, CURLE_INTERFACE_FAILED, CURLE_PROXY,
            CURLE_NO_CONNECTION_AVAILABLE:
            (.connect, .retriable)
        case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_SHUTDOWN_FAILED, CURLE_QUIC_CONNECT_ERROR:
            (.tls, .retriable)
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CRL_BADFILE,
            CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_PINNEDPUBKEYNOTMATCH,
            CURLE_SSL_ENGINE_NOTFOUND, CURLE_SSL_ENGINE_SETFAILED, CURLE_SSL_ENGINE_INITFAILED,
            CURLE_SSL_CLIENTCERT, CURLE_USE_SSL_FAILED:
            // Trying again does not make a certificate valid: this is for the operator.
            (.tls, .fatal)
        case CURLE_OPERATION_TIMEDOUT:
            (.timeout, .retriable)
        case CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE,
            CURLE_SEND_FAIL_REWIND, CURLE_AGAIN, CURLE_WEIRD_SERVER_REPLY,
            CURLE_UNSUPPORTED_PROTOCOL:
            // The last one is an answer that is not HTTP: the scheme was checked before.
            (.connectionLost, .retriable)
        case CURLE_FILESIZE_EXCEEDED:
            (.tooLarge, .fatal)
        case CURLE_URL_MALFORMAT, CURLE_BAD_FUNCTION_ARGUMENT:
            (.invalidRequest, .fatal)
        default:
            (.other, .retriable)
        }
    }
}
