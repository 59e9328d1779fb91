internal import Glibc
internal import PenstockIO

extension SmallFile {
    /// Puts a file that only its owner may read in the place of another, or of none.
    ///
    /// It is written beside and then renamed: readers find the old one or the new one, whole.
    static func replace(_ path: String, with contents: [UInt8]) throws(SystemError) {
        let temporary = "\(path).\(String(UInt64.random(in: .min ... .max), radix: 36))"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SystemError(errno) }
        do {
            defer { close(descriptor) }
            try write(contents, to: descriptor)
            try check(fsync(descriptor))
        } catch {
            unlink(temporary)
            throw error
        }
        guard rename(temporary, path) == 0 else {
            let code = errno
            unlink(temporary)
            throw SystemError(code)
        }
    }

    private static func write(
        _ contents: [UInt8], to descriptor: Int32
    ) throws(SystemError) {
        var rest = contents[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            try check(Int32(clamping: count))
            rest = rest.dropFirst(count)
        }
    }

    private static func check(_ code: Int32) throws(SystemError) {
        guard code >= 0 else { throw SystemError(errno) }
    }
}
