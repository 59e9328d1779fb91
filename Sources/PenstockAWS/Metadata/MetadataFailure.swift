internal import PenstockIO

/// Why a metadata server gave no answer.
enum MetadataFailure: Error {
    /// The request failed, as often as it was tried.
    case transport(HTTPError)
    /// The task was cancelled.
    case cancelled

    /// A clause for people: `the time limit passed, host 127.0.0.1`.
    var clause: String {
        switch self {
        case .transport(let error): error.description
        case .cancelled: "the task was cancelled"
        }
    }
}
