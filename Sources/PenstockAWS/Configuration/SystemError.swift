internal import Glibc

/// An error of the operating system.
struct SystemError: Error, Hashable {
    /// Its number (`errno`).
    let code: Int32

    init(_ code: Int32) { self.code = code }
}

extension SystemError: CustomStringConvertible {
    var description: String {
        var buffer = [CChar](repeating: 0, count: 128)
        // Unlike strerror, safe on many threads.
        guard strerror_r(code, &buffer, buffer.count) == 0 else { return "error \(code)" }
        return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
    }
}
