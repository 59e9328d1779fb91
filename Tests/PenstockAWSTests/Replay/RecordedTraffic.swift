import Foundation

/// The traffic of a scenario as it lies in `http-traffic.json`: events of numbered connections.
struct RecordedTraffic: Decodable {
    struct Head: Decodable {
        var uri: String
        var method: String
        var headers: [String: [String]]
    }

    struct Answer: Decodable {
        var status: Int
        var headers: [String: [String]]
    }

    /// One request with its answer.
    struct Exchange: Sendable {
        var method: String
        var uri: String
        var headers: [String: [String]]
        var body: [UInt8] = []
        /// `nil` where the connection broke.
        var status: Int?
        var answerHeaders: [String: [String]] = [:]
        var answer: [UInt8] = []
    }

    private struct Event: Decodable {
        struct Action: Decodable {
            struct Request: Decodable { var request: Head }
            struct Response: Decodable {
                struct Result: Decodable { var Ok: Answer? }
                var response: Result
            }
            struct Data: Decodable {
                /// Text as it is, or bytes as base64.
                struct Content: Decodable {
                    var Utf8: String?
                    var Base64: Foundation.Data?
                    var bytes: [UInt8] { Base64.map { [UInt8]($0) } ?? Array((Utf8 ?? "").utf8) }
                }
                var data: Content
                var direction: String
            }
            var Request: Request?
            var Response: Response?
            var Data: Data?
        }
        var connection_id: Int
        var action: Action
    }

    private let events: [Event]

    /// The exchanges in the order of their requests.
    var exchanges: [Exchange] {
        var order: [Int] = []
        var exchanges: [Int: Exchange] = [:]
        for event in events {
            let id = event.connection_id
            if let head = event.action.Request?.request {
                order.append(id)
                exchanges[id] = Exchange(method: head.method, uri: head.uri, headers: head.headers)
            }
            if let answer = event.action.Response?.response.Ok {
                exchanges[id]?.status = answer.status
                exchanges[id]?.answerHeaders = answer.headers
            }
            if let data = event.action.Data {
                if data.direction == "Request" {
                    exchanges[id]?.body += data.data.bytes
                } else {
                    exchanges[id]?.answer += data.data.bytes
                }
            }
        }
        return order.compactMap { exchanges[$0] }
    }
}
