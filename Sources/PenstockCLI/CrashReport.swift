import Glibc

/// What Swift's runtime prints where the program crashes.
enum CrashReport {
    /// Leaves out of it the registers and the memory that they point to, which may be a password.
    ///
    /// The runtime reads its variable before `main`, so the program is started again with it, as
    /// itself and with the same arguments. Who has set the variable gets what it says.
    static func hideMemory(_ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) {
        guard getenv("SWIFT_BACKTRACE") == nil else { return }
        var path = [CChar](repeating: 0, count: Int(PATH_MAX))
        // Where the file was replaced meanwhile there is none to start, and nothing is lost by it.
        guard readlink("/proc/self/exe", &path, path.count - 1) > 0 else { return }
        setenv("SWIFT_BACKTRACE", "registers=none,images=none", 1)
        execv(path, arguments)
    }
}
