import Glibc
import Penstock

/// One connection of a client: requests out of it, replies into it, blocking.
struct HTTPConnection: ~Copyable {
    let descriptor: Int32
    /// What came behind the last request's end.
    private var pending: [UInt8] = []

    /// What a request's head may have at most.
    private static let longestHead = 64 * 1024
    /// What a body may have at most before the connection is given up; DynamoDB's own limit is
    /// lower and answered by its rule.
    private static let longestBody = 64 * 1024 * 1024

    init(descriptor: Int32) { self.descriptor = descriptor }

    /// Waits for the next request; `nil` where the client or the server ended the connection.
    mutating func readRequest() -> ReceivedRequest? {
        guard let head = readHead() else { return nil }
        var request = ReceivedRequest()
        for line in head.utf8.split(separator: UInt8(ascii: "\n")) {
            let line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
            if request.start.isEmpty { request.start = String(Substring(line)) }
            request.read(line)
        }
        guard request.length >= 0, request.length <= Self.longestBody else { return nil }
        if request.expectsContinue, pending.count < request.length {
            guard send(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)) else { return nil }
        }
        return readBody(&request) ? request : nil
    }

    /// Sends all bytes; false where the connection is gone.
    func send(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { bytes in
            var sent = 0
            while sent < bytes.count {
                let count = Glibc.send(
                    descriptor, bytes.baseAddress.map { $0 + sent }, bytes.count - sent,
                    Int32(MSG_NOSIGNAL))
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return false }
                sent += count
            }
            return true
        }
    }

    /// Whether the client has closed or reset the connection.
    var isHungUp: Bool {
        var byte: UInt8 = 0
        let flags = Int32(MSG_PEEK) | Int32(MSG_DONTWAIT)
        let count = recv(descriptor, &byte, 1, flags)
        return count == 0 || count < 0 && errno != EAGAIN && errno != EINTR
    }

    /// Makes the coming close a reset: the client sees ECONNRESET instead of an orderly end.
    func resetWhenClosed() {
        var option = linger(l_onoff: 1, l_linger: 0)
        let size = socklen_t(MemoryLayout<linger>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, size)
    }

    /// Closes the socket; to be called exactly once.
    func close() { _ = Glibc.close(descriptor) }

    // MARK: Reading

    /// Everything up to the empty line, which is taken off `pending` with it.
    private mutating func readHead() -> String? {
        var searched = 0
        while true {
            if let end = Self.endOfHead(pending, from: searched) {
                defer { pending.removeSubrange(..<end) }
                return String(decoding: pending[..<end], as: UTF8.self)
            }
            searched = max(0, pending.count - 3)
            guard pending.count < Self.longestHead, receiveMore() else { return nil }
        }
    }

    private static func endOfHead(_ bytes: [UInt8], from start: Int) -> Int? {
        bytes.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return nil }
            var offset = start
            while offset + 3 < bytes.count,
                let found = memchr(base + offset, 0x0D, bytes.count - offset - 3)
            {
                offset = UnsafeRawPointer(found) - base
                if bytes[offset + 1] == 0x0A, bytes[offset + 2] == 0x0D, bytes[offset + 3] == 0x0A {
                    return offset + 4
                }
                offset += 1
            }
            return nil
        }
    }

    private mutating func receiveMore() -> Bool {
        let held = pending.count
        let descriptor = descriptor
        return withUnsafeTemporaryAllocation(byteCount: 16 * 1024, alignment: 16) { buffer in
            let count = Self.receive(descriptor, buffer)
            guard count > 0 else { return false }
            pending.reserveCapacity(held + count)
            pending.append(contentsOf: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            return true
        }
    }

    private mutating func readBody(_ request: inout ReceivedRequest) -> Bool {
        let length = request.length
        request.arena = ValueArena(byteCapacity: length, tokenCapacity: length / 8)
        let early = min(length, pending.count)
        let descriptor = descriptor
        request.body = request.arena.append(atMost: length) { target in
            pending.withUnsafeBytes { bytes in
                guard let base = bytes.baseAddress else { return }
                target.copyMemory(from: base, byteCount: early)
            }
            var filled = early
            while filled < length {
                let rest = UnsafeMutableRawBufferPointer(
                    start: target + filled, count: length - filled)
                let count = Self.receive(descriptor, rest)
                guard count > 0 else { break }
                filled += count
            }
            return filled
        }
        pending.removeSubrange(..<early)
        return Int(request.body.count) == length
    }

    private static func receive(
        _ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer
    ) -> Int {
        while true {
            let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
            if count < 0, errno == EINTR { continue }
            return count
        }
    }
}
