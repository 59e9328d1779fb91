package import PenstockIO

/// What carries the requests of providers: ``PenstockIO/HTTPClient``, or a recording in tests.
package protocol HTTPSending: Sendable {
    /// Sends a request and reads the whole answer within the time limit.
    func send(
        _ request: HTTPRequest, timeout: Duration
    ) async throws(HTTPError) -> HTTPResponse
}

extension HTTPClient: HTTPSending {}
