import CPenstockCurl
import Glibc

/// The owner of one libcurl multi handle: a set of transfers and the wait for their sockets.
///
/// `@unchecked Sendable`: libcurl allows ``wakeUp()`` from any thread; everything else is called by
/// the thread of the loop that owns it.
struct CurlMulti: ~Copyable, @unchecked Sendable {
    private let handle: UnsafeMutableRawPointer

    /// Idle connections that are kept, over all hosts.
    ///
    /// Left to libcurl the number would follow the
    /// transfers of the moment, and every lull would close connections that cost 1 ms of CPU each.
    private static let keptConnections = 512

    init() {
        CurlLibrary.start()
        guard let handle = curl_multi_init() else {
            preconditionFailure("libcurl has no memory for a multi handle")
        }
        self.handle = handle
        _ = penstock_multi_set_long(handle, CURLMOPT_MAXCONNECTS, Self.keptConnections)
        _ = penstock_multi_set_long(handle, CURLMOPT_PIPELINING, Int(CURLPIPE_NOTHING))
    }

    deinit { curl_multi_cleanup(handle) }

    /// Ends a wait, or the next one if there is none now.
    ///
    /// From any thread.
    func wakeUp() { _ = curl_multi_wakeup(handle) }

    /// Waits for sockets, descriptors, libcurl's own timers, a wake-up, or the time limit.
    ///
    /// Returns whether libcurl has something to do; what became of the descriptors is in them.
    func wait(for descriptors: inout [curl_waitfd], milliseconds: Int32) -> Bool {
        var ready: Int32 = 0
        for index in descriptors.indices { descriptors[index].revents = 0 }
        let code = descriptors.withUnsafeMutableBufferPointer {
            curl_multi_poll(handle, $0.baseAddress, UInt32($0.count), milliseconds, &ready)
        }
        guard code == CURLM_OK else { return true }
        let ownReady = descriptors.reduce(into: Int32(0)) { $0 += $1.revents == 0 ? 0 : 1 }
        guard ready > ownReady else { return isTimerDue }
        Self.markClosed(&descriptors)
        return true
    }

    /// Makes a descriptor readable whose other end is gone, so that its reader learns of it.
    ///
    /// libcurl counts such a one as ready and does not say which it is; left alone it would keep
    /// the loop turning.
    private static func markClosed(_ descriptors: inout [curl_waitfd]) {
        guard !descriptors.isEmpty else { return }
        var polls = descriptors.map { pollfd(fd: $0.fd, events: 0, revents: 0) }
        guard poll(&polls, nfds_t(polls.count), 0) > 0 else { return }
        for index in polls.indices where polls[index].revents != 0 {
            descriptors[index].revents = Int16(CURL_WAIT_POLLIN)
        }
    }

    /// Whether a time limit or another timer of a transfer has come.
    var isTimerDue: Bool {
        var milliseconds = -1
        return curl_multi_timeout(handle, &milliseconds) == CURLM_OK && milliseconds == 0
    }

    /// Moves every transfer as far as it goes without waiting.
    func perform() {
        var running: Int32 = 0
        _ = curl_multi_perform(handle, &running)
    }

    func add(_ easy: UnsafeMutableRawPointer) -> CURLMcode { curl_multi_add_handle(handle, easy) }

    func remove(_ easy: UnsafeMutableRawPointer) { _ = curl_multi_remove_handle(handle, easy) }

    /// The next transfer that has ended, and how.
    func nextCompletion() -> (easy: UnsafeMutableRawPointer, result: CURLcode)? {
        var left: Int32 = 0
        while let message = curl_multi_info_read(handle, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle
            else { continue }
            return (easy, penstock_message_result(message))
        }
        return nil
    }
}
