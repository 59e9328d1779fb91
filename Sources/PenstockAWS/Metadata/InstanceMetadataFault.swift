internal import PenstockIO

/// Why EC2's metadata service gave nothing.
enum InstanceMetadataFault: Error {
    /// No connection, where there may well be no such service.
    case unreachable(HTTPError)
    /// What answers is no metadata service of EC2, or one that is switched off.
    case absent(Int)
    /// The instance has no role.
    case noRole
    /// A request failed.
    case failure(MetadataFailure)
    /// A request got this status.
    case status(Int)
    /// A request got something else than what it asked for; the clause says what.
    case nonsense(String)
    /// The request for a token was not answered, and without one nothing is given.
    case tokenUnanswered

    /// Whether there is nobody who could give credentials, as far as can be told.
    var saysThereIsNone: Bool {
        switch self {
        case .unreachable, .absent, .noRole: true
        case .failure, .status, .nonsense, .tokenUnanswered: false
        }
    }

    /// A clause that goes on from "EC2's metadata service".
    var clause: String {
        switch self {
        case .unreachable(let error): "cannot be reached: \(error.description)"
        case .absent(let status): "is not there or switched off (status \(status))"
        case .noRole: "names no role of this instance"
        case .failure(let failure): "did not answer: \(failure.clause)"
        case .status(let status): "answered with status \(status)"
        case .nonsense(let clause): clause
        case .tokenUnanswered:
            "took the request for a token and its answer did not arrive; in a container the "
                + "instance's hop limit for such answers (HttpPutResponseHopLimit) has to be 2 or "
                + "more"
        }
    }
}
