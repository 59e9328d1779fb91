import CPenstockSystem
import Glibc

/// Tells every thread of a server that it ends, also those that wait: a pipe that is closed once.
final class StopSignal: Sendable {
    private let reader: Int32
    private let writer: Int32

    /// Makes a signal that has not been given; `nil` where the process may open no more files.
    init?() {
        var ends: [Int32] = [0, 0]
        guard pipe2(&ends, O_CLOEXEC) == 0 else { return nil }
        (reader, writer) = (ends[0], ends[1])
    }

    deinit {
        close(reader)
        close(writer)
    }

    /// Gives the signal; a byte that nobody reads stays readable for everyone.
    func give() {
        var byte: UInt8 = 1
        _ = write(writer, &byte, 1)
    }

    /// Waits for so long; false where the signal came meanwhile.
    func wait(_ duration: Duration) -> Bool {
        let (seconds, attoseconds) = duration.components
        guard seconds >= 0, attoseconds >= 0 else { return wait(milliseconds: 0) }
        let milliseconds = min(seconds * 1000 + attoseconds / 1_000_000_000_000_000, 1 << 30)
        guard wait(milliseconds: Int32(milliseconds)) else { return false }
        // `poll` counts in milliseconds; what is left is slept.
        let rest = Int(attoseconds / 1_000_000_000 % 1_000_000)
        if rest > 0 {
            var time = timespec(tv_sec: 0, tv_nsec: rest)
            nanosleep(&time, nil)
        }
        return true
    }

    private func wait(milliseconds: Int32) -> Bool {
        var entry = pollfd(fd: reader, events: Int16(POLLIN), revents: 0)
        return poll(&entry, 1, milliseconds) == 0
    }
}
