import Penstock

/// Where a client's own log lines go.
struct LibraryLog: Sendable {
    private let log: Log

    init(_ log: Log) { self.log = log }

    /// Takes a line with its level as syslog counts them: 4 is a warning, less is worse.
    ///
    /// Failed connections come as events too, once an attempt, so that they are not said twice.
    func take(level: Int32, facility: UnsafePointer<CChar>?, text: UnsafePointer<CChar>?) {
        let facility = facility.map { String(cString: $0) } ?? ""
        let text = text.map { String(cString: $0) } ?? ""
        if level <= 4, facility != "FAIL", facility != "ERROR" {
            log.warning("The Kafka client reports", ["facility": facility, "text": text])
        } else {
            log.debug("The Kafka client reports", ["facility": facility, "text": text])
        }
    }
}
