internal import Glibc

/// Reads files that somebody configured: regular ones, of a size that is expected of them.
package enum SmallFile {
    /// The largest file that is read, in bytes, where no other limit is given: more than a person
    /// would write.
    package static let limit = 1 << 20

    /// Why a file was not read.
    package enum Failure: Error, Hashable, CustomStringConvertible {
        case notRegular
        case tooLarge(limit: Int)
        /// The system's error number.
        case system(Int32)

        package var description: String {
            switch self {
            case .notRegular: "it is not a regular file"
            case .tooLarge(let limit): "it is larger than \(limit) bytes"
            case .system(let code): String(cString: strerror(code))
            }
        }
    }

    /// The bytes of a file; `nil` where there is none.
    package static func read(
        _ path: String, limit: Int = SmallFile.limit
    ) throws(Failure) -> [UInt8]? {
        // Not blocking: opening a pipe would otherwise wait for its other end.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw .system(errno)
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .system(errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notRegular }
        guard status.st_size <= limit else { throw .tooLarge(limit: limit) }
        return try read(descriptor, limit)
    }

    private static func read(
        _ descriptor: Int32, _ limit: Int
    ) throws(Failure) -> [UInt8] {
        var contents: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16384)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count == 0 { return contents }
            if count < 0 {
                if errno == EINTR { continue }
                throw .system(errno)
            }
            contents += chunk[..<count]
            // It may grow while it is read.
            if contents.count > limit { throw .tooLarge(limit: limit) }
        }
    }
}
