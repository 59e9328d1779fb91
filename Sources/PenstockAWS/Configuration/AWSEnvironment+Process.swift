internal import FoundationEssentials
internal import PenstockIO

extension AWSEnvironment {
    /// This process's variables, as they are now, and the files of this machine.
    public static var process: AWSEnvironment {
        AWSEnvironment(variables: ProcessInfo.processInfo.environment) { path in
            try SmallFile.read(path)
        }
    }
}
