import CPenstockSystem
import Glibc
import Synchronization

/// A port on loopback that leads to a server, or to nobody: while it is closed connections are
/// refused and those that were open are cut.
final class TCPRelay: Sendable {
    struct SystemError: Error { let code = errno }

    /// Where it is: `http://127.0.0.1:` and the port.
    let endpoint: String
    private let port: UInt16
    private let target: UInt16
    private let state = Mutex(State())

    private struct State {
        var listener: Int32?
        var open: Set<Int32> = []
    }

    /// Takes a port; it is closed at first.
    init(to endpoint: String) throws {
        guard let target = endpoint.split(separator: ":").last.flatMap({ UInt16($0) }) else {
            throw SystemError()
        }
        self.target = target
        port = try FreePort.find()
        self.endpoint = "http://127.0.0.1:\(port)"
    }

    /// Lets connections through.
    func open() throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var on: Int32 = 1
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
        guard FreePort.withAddress(port, { bind(listener, $0, $1) }) == 0,
            listen(listener, 64) == 0
        else { throw SystemError() }
        state.withLock { $0.listener = listener }
        Thread.run { [self] in accept(on: listener) }
    }

    /// Refuses connections and cuts those that are open.
    func close() {
        state.withLock { state in
            for descriptor in state.open { shutdown(descriptor, Int32(SHUT_RDWR)) }
            if let listener = state.listener { shutdown(listener, Int32(SHUT_RDWR)) }
            state.listener = nil
        }
    }

    /// The same, for good.
    func end() { close() }

    private func accept(on listener: Int32) {
        defer {
            state.withLock { state in
                // Forgotten as it is closed: the number may be a stranger's afterwards.
                if state.listener == listener { state.listener = nil }
                Glibc.close(listener)
            }
        }
        while true {
            let client = accept4(listener, nil, nil, Int32(SOCK_CLOEXEC.rawValue))
            guard client >= 0 else { return }
            let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
            guard FreePort.withAddress(target, { connect(server, $0, $1) }) == 0 else {
                Glibc.close(client)
                Glibc.close(server)
                continue
            }
            state.withLock { $0.open.formUnion([client, server]) }
            Thread.run { [self] in pump(client, server) }
        }
    }

    /// Carries bytes both ways until one side ends.
    private func pump(_ client: Int32, _ server: Int32) {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        var ends = [client, server].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        carrying: while poll(&ends, 2, -1) > 0 {
            for side in 0...1 where ends[side].revents != 0 {
                let count = recv(ends[side].fd, &buffer, buffer.count, 0)
                guard count > 0, Self.send(buffer[..<count], to: ends[1 - side].fd) else {
                    break carrying
                }
            }
        }
        state.withLock { state in
            state.open.subtract([client, server])
            Glibc.close(client)
            Glibc.close(server)
        }
    }

    private static func send(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) -> Bool {
        bytes.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = Glibc.send(
                    descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count,
                    Int32(MSG_NOSIGNAL))
                guard count > 0 else { return false }
                rest = rest.dropFirst(count)
            }
            return true
        }
    }
}
