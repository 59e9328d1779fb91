internal import Glibc

/// The home folder of this process's user, as the system's list of users has it.
enum HomeFolder {
    /// The path; nil where the user is not listed, as in many containers.
    static func current() -> String? {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        // Entries are longer only where somebody made them so.
        var buffer = [CChar](repeating: 0, count: 16 << 10)
        guard getpwuid_r(geteuid(), &entry, &buffer, buffer.count, &found) == 0, found != nil,
            let home = entry.pw_dir
        else { return nil }
        // The entry points into the buffer.
        let path = withExtendedLifetime(buffer) { String(cString: home) }
        return path.hasPrefix("/") ? path : nil
    }
}
