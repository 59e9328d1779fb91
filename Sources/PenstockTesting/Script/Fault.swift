/// Something that goes wrong with a request, or slowly.
///
/// A request can meet several: waits add up, and of those that end it the first one counts.
public struct Fault: Sendable {
    enum Effect {
        case refuse(status: Int, code: String, message: String, ThrottlingReason?)
        case unprocessed(UnprocessedSelection)
        case delayReply(Duration)
        case delayApplying(Duration)
        case resetBeforeApplying
        case resetAfterApplying
        case wrongChecksum
        case stall
    }

    let effect: Effect

    /// Refuses the request with `ProvisionedThroughputExceededException` and a reason; nothing of
    /// it is applied.
    public static func throttle(
        _ reason: ThrottlingReason = .tableWriteProvisioned,
        code: String = "ProvisionedThroughputExceededException"
    ) -> Fault {
        let message = "The level of configured provisioned throughput for the table was exceeded."
        return Fault(effect: .refuse(status: 400, code: code, message: message, reason))
    }

    /// Answers with an error; nothing of the request is applied.
    public static func error(
        status: Int = 500, code: String = "InternalServerError", message: String = "By script."
    ) -> Fault {
        Fault(effect: .refuse(status: status, code: code, message: message, nil))
    }

    /// Leaves a part of a batch undone and hands it back in `UnprocessedItems` or
    /// `UnprocessedKeys`; other operations take no notice.
    public static func unprocessed(_ selection: UnprocessedSelection) -> Fault {
        Fault(effect: .unprocessed(selection))
    }

    /// Applies the request at once and holds its reply back for so long.
    public static func delay(_ duration: Duration) -> Fault {
        Fault(effect: .delayReply(duration))
    }

    /// Applies the request only after so long, even if its client has given up by then.
    ///
    /// A client that times out and tries again then sees its old write come after its new one.
    public static func delayBeforeApplying(_ duration: Duration) -> Fault {
        Fault(effect: .delayApplying(duration))
    }

    /// Resets the connection instead of applying the request.
    public static let resetBeforeApplying = Fault(effect: .resetBeforeApplying)

    /// Applies the request, then resets the connection instead of answering.
    public static let resetAfterApplying = Fault(effect: .resetAfterApplying)

    /// Applies and answers the request with an `x-amz-crc32` that does not fit the body.
    public static let wrongCRC = Fault(effect: .wrongChecksum)

    /// Neither applies nor answers the request; the connection stays open until its client ends it.
    public static let stall = Fault(effect: .stall)
}
