internal import Glibc

/// Who can have written a file.
enum FileTrust {
    /// Whether a file belongs to this process's user or to root and no one else may write it; true
    /// where there is none.
    static func isTrusted(_ path: String) throws(SystemError) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0 else {
            if errno == ENOENT { return true }
            throw SystemError(errno)
        }
        let isOurs = status.st_uid == geteuid() || status.st_uid == 0
        return isOurs && status.st_mode & (S_IWGRP | S_IWOTH) == 0
    }
}
