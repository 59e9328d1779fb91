/// The newer librdkafka that the environment names, for a program in a process of its own.
enum NewerLibrdkafka {
    /// The variables that make a program run on it.
    static var environment: [String: String] {
        let folders = [Servers.newerLibrdkafka, basicEnvironment["LD_LIBRARY_PATH"]]
        return ["LD_LIBRARY_PATH": folders.compactMap(\.self).joined(separator: ":")]
    }
}
