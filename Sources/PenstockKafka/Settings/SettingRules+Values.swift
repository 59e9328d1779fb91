extension SettingRules {
    typealias Convert = @Sendable (String, SettingContext) -> SettingRule.Conversion

    /// -1 is the system's own size; the library calls it 0.
    static func bufferSize(_ name: String) -> Convert {
        { value, context in
            guard let bytes = Int(value), bytes >= 0 else { return .settings([(name, "0")]) }
            return .settings([(name, "\(context.library.clamp(bytes, for: name))")])
        }
    }

    /// A switch that may be off.
    static func off(or reason: String) -> Convert {
        { value, _ in value == "false" ? .withoutEffect : .refused(reason) }
    }

    static let offsetReset: Convert = { value, _ in
        if value.lowercased().hasPrefix("by_duration") {
            return .refused("librdkafka has no reset by duration; use earliest, latest or none")
        }
        let name = value.lowercased() == "none" ? "error" : value.lowercased()
        let names = [
            "earliest", "latest", "error", "smallest", "beginning", "largest", "end",
        ]
        guard names.contains(name) else {
            return .refused("it must be one of earliest, latest, none")
        }
        return .settings([("auto.offset.reset", name)])
    }

    static let autoCommit: Convert = { value, _ in
        value == "false"
            ? .settings([("enable.auto.commit", "false")])
            : .refused("offsets are committed only after their records are written")
    }

    /// Answers must fit what the library receives at most, and a message what it fetches at most.
    static let fetchMaximum: Convert = { value, context in
        guard let asked = Int(value) else { return .settings([("fetch.max.bytes", value)]) }
        let name = "fetch.max.bytes"
        let bytes = max(1000, context.library.clamp(asked, for: name))
        let message = context.value("message.max.bytes").flatMap { Int($0) } ?? 1_000_000
        let response =
            context.value("receive.message.max.bytes").flatMap { Int($0) } ?? 100_000_000
        return .settings([
            (name, "\(bytes)"),
            ("message.max.bytes", "\(min(message, bytes))"),
            ("receive.message.max.bytes", "\(max(response, bytes + 512))"),
        ])
    }

    static let bufferMemory: Convert = { value, context in
        let bytes = Int(value) ?? 0
        let name = "queue.buffering.max.kbytes"
        return .settings([(name, "\(context.library.clamp(bytes / 1024, for: name))")])
    }

    static func compressionLevel(of codec: String) -> Convert {
        { value, context in
            guard context.value("compression.type") == codec, let level = Int(value) else {
                return .withoutEffect
            }
            let name = "compression.level"
            return .settings([(name, "\(context.library.clamp(level, for: name))")])
        }
    }

    static let idempotence: Convert = { value, context in
        if value == "false", context.value("transactional.id") != nil {
            return .refused("transactions need an idempotent producer")
        }
        return .settings([("enable.idempotence", value)])
    }

    /// 0 is no time at all in Java, which refuses it, and no limit in the library.
    static let deliveryTimeout: Convert = { value, _ in
        value == "0"
            ? .refused("it must be at least linger.ms and request.timeout.ms together")
            : .settings([("delivery.timeout.ms", value)])
    }
}
