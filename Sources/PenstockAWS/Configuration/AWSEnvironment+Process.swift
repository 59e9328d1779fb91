internal import FoundationEssentials
internal import PenstockIO

extension AWSEnvironment {
    /// This process's variables, as they are now, and the files of this machine.
    ///
    /// Where `HOME` is not set it is taken from the system's list of users.
    public static var process: AWSEnvironment {
        var variables = ProcessInfo.processInfo.environment
        // Services of systemd that name no user have none; the shared files are there all the same.
        if variables["HOME"] == nil { variables["HOME"] = HomeFolder.current() }
        var environment = AWSEnvironment(variables: variables) { path in
            try SmallFile.read(path)
        }
        environment.isTrusted = { path in try FileTrust.isTrusted(path) }
        environment.writeFile = { path, contents in try SmallFile.replace(path, with: contents) }
        return environment
    }
}
