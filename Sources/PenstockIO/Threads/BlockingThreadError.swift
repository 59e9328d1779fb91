package import Penstock

/// Why a ``BlockingThread`` did not run a call.
package struct BlockingThreadError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The reason.
    package enum Code: Sendable {
        /// As many calls wait as may wait.
        case full
        /// The thread was stopped.
        case stopped
    }

    package let code: Code
    /// The name of the thread.
    package let thread: String

    package var kind: ErrorKind { code == .full ? .retriable : .fatal }

    package var description: String {
        switch code {
        case .full: "Too many calls wait for the thread \(thread)."
        case .stopped: "The thread \(thread) was stopped."
        }
    }
}
