internal import Penstock

extension RetryOptions {
    /// Whether the program says everything, so that neither environment nor profile is asked.
    var isComplete: Bool { mode != nil && maxAttempts != nil }

    /// Fills in what the program does not say.
    ///
    /// - Parameters:
    ///   - settings: Variables and profile.
    ///   - log: Is told that there is no mode `legacy`.
    /// - Throws: ``AWSConfigurationError`` with `invalidSetting` where a value is none.
    mutating func complete(
        from settings: AWSSettings, log: Log
    ) throws(AWSConfigurationError) {
        if mode == nil { mode = try Self.mode(settings, log) }
        if maxAttempts == nil { maxAttempts = try Self.attempts(settings) }
    }

    private static func mode(
        _ settings: AWSSettings, _ log: Log
    ) throws(AWSConfigurationError) -> RetryMode {
        guard let setting = settings.setting("AWS_RETRY_MODE", "retry_mode") else {
            return .standard
        }
        let name = setting.value.lowercased()
        if name == "legacy" {
            log.warning(
                "There is no retry mode legacy here; standard is used", ["place": setting.place])
            return .standard
        }
        guard let mode = RetryMode(rawValue: name) else {
            throw setting.isNot("standard, adaptive or legacy")
        }
        return mode
    }

    private static func attempts(_ settings: AWSSettings) throws(AWSConfigurationError) -> Int {
        guard let setting = settings.setting("AWS_MAX_ATTEMPTS", "max_attempts") else {
            return standardAttempts
        }
        guard let number = Int(setting.value), number >= 1 else {
            throw setting.isNot("a number from 1 up")
        }
        return number
    }
}
