import Penstock

/// The requests in the order in which they came; bounded only by the life of the server.
struct RequestLog {
    let keeps: Bool
    private(set) var requests: [LoggedRequest] = []
    private(set) var count = 0

    init(keeps: Bool) { self.keeps = keeps }

    /// Enters a request and returns its number.
    mutating func enter(
        _ operation: DynamoDBOperation, _ body: Value, _ time: Duration,
        _ request: ReceivedRequest
    ) -> Int {
        count += 1
        if keeps {
            requests.append(
                LoggedRequest(
                    number: count, operation: operation, body: body, time: time,
                    isSigned: request.isSigned, accessKeyID: request.accessKeyID,
                    signingDate: request.signingDate))
        }
        return count
    }

    /// Notes what a request was answered with.
    mutating func note(_ status: Int, request number: Int) {
        if keeps { requests[number - 1].status = status }
    }
}
