/// What the command's end tells.
enum ExitCode: Int32 {
    /// All is well; also after a signal asked for the end.
    case success = 0
    /// A task failed.
    case failure = 1
    /// The call or the configuration is wrong; nothing was started.
    case wrongCall = 2
}
