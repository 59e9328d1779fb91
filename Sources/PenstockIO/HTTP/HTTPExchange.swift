import CPenstockCurl
final class HTTPExchange {
    static func of(_ easy: UnsafeMutableRawPointer) -> HTTPExchange? { nil }
    func complete(_ result: CURLcode) {}
}
final class HTTPTransport { func stop() {} }
