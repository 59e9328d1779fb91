internal import FoundationEssentials
internal import PenstockIO

extension AWSEnvironment {
    /// This process's variables, as they are now, and the files of this machine.
    public static var process: AWSEnvironment {
        var environment = AWSEnvironment(variables: ProcessInfo.processInfo.environment) { path in
            try SmallFile.read(path)
        }
        environment.writeFile = { path, contents in try SmallFile.replace(path, with: contents) }
        return environment
    }
}
