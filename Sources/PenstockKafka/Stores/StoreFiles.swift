package import Penstock
package import PenstockIO
import PenstockAWS

/// Where the files of trust stores and key stores come from, and the time by which their
/// certificates are judged: what a translation of settings depends on beside the settings.
package struct StoreFiles: Sendable {
    /// Why a file was not read.
    package typealias Failure = SmallFile.Failure

    /// The largest store that is read, in bytes.
    package static let limit = 16 << 20

    /// Reads a file; nil where there is none.
    package var read: @Sendable (String) throws(Failure) -> [UInt8]?
    /// The present moment.
    package var now: @Sendable () -> Timestamp

    package init(
        now: @escaping @Sendable () -> Timestamp = { SystemClock.now() },
        read: @escaping @Sendable (String) throws(Failure) -> [UInt8]?
    ) {
        self.now = now
        self.read = read
    }

    /// The files and the clock of this machine.
    package static let system = StoreFiles { path throws(Failure) in
        try SmallFile.read(path, limit: limit)
    }
}
