import Glibc

/// Plain lines for whoever called.
enum Terminal {
    /// Writes to standard output.
    static func say(_ text: String) { print(text) }

    /// Writes to standard error, with the command's name before it.
    static func complain(_ text: String) {
        var line = "penstock: \(text)\n"
        line.withUTF8 { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
