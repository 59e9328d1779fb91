import Penstock
import PenstockAWS
import Synchronization
import Testing

@Suite("Where the way of retrying is set")
struct RetrySettingsTests {
    private static func settings(
        _ variables: [String: String] = [:], profile: String = ""
    ) throws(AWSConfigurationError) -> AWSSettings {
        var variables = variables
        variables["AWS_CONFIG_FILE"] = "/config"
        variables["AWS_SHARED_CREDENTIALS_FILE"] = "/credentials"
        let text = "[default]\n" + profile
        return try AWSSettings(
            AWSEnvironment(variables: variables) { $0 == "/config" ? Array(text.utf8) : nil })
    }

    private static func options(
        _ given: RetryOptions = .init(), _ variables: [String: String] = [:],
        profile: String = "", log: Log = .disabled
    ) throws(AWSConfigurationError) -> RetryOptions {
        try ClientRetries(given).options(
            { () throws(AWSConfigurationError) in try settings(variables, profile: profile) },
            log: log)
    }

    @Test("without any setting: standard, four attempts")
    func nothing() throws {
        let options = try Self.options()
        #expect(options.mode == .standard)
        #expect(options.attempts == 4)
        #expect(options.maxAttempts == 4)
    }

    @Test("the program goes before variables, variables before the profile")
    func order() throws {
        let profile = "retry_mode = standard\nmax_attempts = 7\n"
        let fromProfile = try Self.options(profile: profile)
        #expect(fromProfile.maxAttempts == 7)
        #expect(fromProfile.mode == .standard)
        let variables = ["AWS_RETRY_MODE": "adaptive", "AWS_MAX_ATTEMPTS": "2"]
        let fromVariables = try Self.options(.init(), variables, profile: profile)
        #expect(fromVariables.maxAttempts == 2)
        #expect(fromVariables.mode == .adaptive)
        var given = RetryOptions()
        given.maxAttempts = 9
        let mixed = try Self.options(given, variables, profile: profile)
        #expect(mixed.maxAttempts == 9)
        #expect(mixed.mode == .adaptive)
        given.mode = .standard
        #expect(try Self.options(given, variables, profile: profile) == given)
    }

    @Test(
        "what is no such setting is an error that names its place and not its value",
        arguments: [
            (["AWS_MAX_ATTEMPTS": "0"], "", "AWS_MAX_ATTEMPTS"),
            (["AWS_MAX_ATTEMPTS": "-1"], "", "AWS_MAX_ATTEMPTS"),
            (["AWS_MAX_ATTEMPTS": "hush"], "", "AWS_MAX_ATTEMPTS"),
            (["AWS_MAX_ATTEMPTS": "99999999999999999999"], "", "AWS_MAX_ATTEMPTS"),
            (["AWS_RETRY_MODE": "hush"], "", "AWS_RETRY_MODE"),
            ([:], "retry_mode = hush", "retry_mode of the profile \"default\""),
            ([:], "max_attempts = 1.5", "max_attempts of the profile \"default\""),
        ])
    func wrong(variables: [String: String], profile: String, place: String) {
        let error = #expect(throws: AWSConfigurationError.self) {
            try Self.options(.init(), variables, profile: profile)
        }
        #expect(error?.code == .invalidSetting)
        #expect(error?.description.contains(place) == true)
        #expect(error?.description.contains("hush") == false)
    }

    private final class Lines: LogHandler {
        let count = Atomic(0)
        var level: LogLevel { .debug }
        func log(_: LogLevel, _: StaticString, _: [(key: String, value: String)]) {
            count.add(1, ordering: .relaxed)
        }
    }

    @Test("legacy is standard, said once", arguments: ["legacy", "LEGACY"])
    func legacy(name: String) throws {
        let lines = Lines()
        let retries = ClientRetries(RetryOptions())
        for _ in 0..<3 {
            let options = try retries.options(
                { () throws(AWSConfigurationError) in try Self.settings(["AWS_RETRY_MODE": name]) },
                log: Log(lines))
            #expect(options.mode == .standard)
        }
        #expect(lines.count.load(ordering: .relaxed) == 1)
    }

    @Test("who says everything is not asked to have files in order")
    func complete() throws {
        let retries = ClientRetries(.singleAttempt)
        let options = try retries.options(
            { () throws(AWSConfigurationError) in try Self.settings(profile: "[broken") },
            log: .disabled)
        #expect(options.attempts == 1)
    }
}
