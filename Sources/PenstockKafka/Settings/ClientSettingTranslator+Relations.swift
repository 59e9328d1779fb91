import Penstock

/// Settings that depend on each other.
extension ClientSettingTranslator {
    /// Refuses what excludes each other, and takes back defaults that what the user asked for
    /// excludes.
    mutating func relateSettings() {
        switch context.kind {
        case .consumer: relateGroup()
        case .producer: relateDelivery()
        case .admin: break
        }
        relateBackoff("reconnect.backoff.ms", "reconnect.backoff.max.ms", standard: (100, 10_000))
        if library.knows("retry.backoff.max.ms") {
            relateBackoff("retry.backoff.ms", "retry.backoff.max.ms", standard: (100, 1000))
        }
        if context.usesTLS, context.value("ssl.endpoint.identification.algorithm") == nil {
            result.library["ssl.endpoint.identification.algorithm"] = "https"
        }
    }

    /// A first wait that is longer than the longest is constant in Java, and refused by the library.
    private mutating func relateBackoff(
        _ first: String, _ longest: String, standard: (first: Int, longest: Int)
    ) {
        let (firstTime, longestTime) = (number(first), number(longest))
        guard firstTime ?? standard.first > longestTime ?? standard.longest else { return }
        if let firstTime {
            put(longest, "\(firstTime)", because: context.setting(first))
        } else if let longestTime {
            put(first, "\(longestTime)", because: context.setting(longest))
        }
    }

    /// The user's setting of a name; nil where it is a default of ours.
    func userSetting(_ name: String) -> LayeredSetting? {
        context.setting(name).flatMap { $0.layer > .defaults ? $0 : nil }
    }

    /// A number, where it is set.
    func number(_ name: String) -> Int? {
        (result.library[name] ?? context.value(name)).flatMap { Int($0) }
    }

    mutating func drop(_ name: String) {
        guard context.setting(name)?.layer == .defaults else { return }
        result.library[name] = nil
    }

    /// Sets what follows from another setting.
    mutating func put(_ name: String, _ value: String, because setting: LayeredSetting?) {
        result.library[name] = value
        result.origins[name] = origin(of: setting)
    }
}

// MARK: - Consumers

extension ClientSettingTranslator {
    private mutating func relateGroup() {
        if let group = userSetting("group.id"), group.value.isEmpty {
            report(group, .refused, .error, "it must not be empty")
        }
        if context.value("group.protocol") == "consumer" {
            // The broker assigns; naming an assignor or a time is an error there.
            drop("partition.assignment.strategy")
            let names = [
                "session.timeout.ms", "heartbeat.interval.ms", "partition.assignment.strategy",
            ]
            for case let setting? in names.map({ userSetting($0) }) {
                report(
                    setting, .refused, .error, "group.protocol=consumer leaves it to the brokers")
            }
        } else {
            if let assignor = userSetting("group.remote.assignor"), !assignor.value.isEmpty,
                library.knows("group.remote.assignor")
            {
                report(assignor, .refused, .error, "it needs group.protocol=consumer")
            }
            checkHeartbeat()
            fitSessionTimeout()
        }
    }

    private mutating func checkHeartbeat() {
        let (beat, session) = ("heartbeat.interval.ms", "session.timeout.ms")
        guard let setting = userSetting(beat) ?? userSetting(session) else { return }
        let beatTime = context.value(beat).flatMap { Int($0) } ?? 3000
        let sessionTime = context.value(session).flatMap { Int($0) } ?? 45_000
        guard beatTime >= sessionTime || beatTime < 0 else { return }
        report(
            setting, .refused, .error,
            "heartbeat.interval.ms (\(beatTime)) must be less than session.timeout.ms "
                + "(\(sessionTime)) and not negative")
    }

    /// The library wants a member that polls in time to be one that is alive in time, other than
    /// Java's: the one of both that the user left alone gives way, else the session.
    private mutating func fitSessionTimeout() {
        let (poll, session) = ("max.poll.interval.ms", "session.timeout.ms")
        let (pollTime, sessionTime) = (number(poll), number(session))
        if let pollTime, pollTime < sessionTime ?? 45_000 {
            put(session, "\(pollTime)", because: context.setting(poll))
            guard let setting = userSetting(session) else { return }
            report(
                setting, .translated(to: [session]), .warning,
                "librdkafka takes at most max.poll.interval.ms, so it is \(pollTime)")
        } else if let sessionTime, pollTime == nil, sessionTime > 300_000 {
            put(poll, "\(sessionTime)", because: context.setting(session))
        }
    }
}

// MARK: - Producers

extension ClientSettingTranslator {
    private mutating func relateDelivery() {
        relateIdempotence()
        fitTransaction()
    }

    /// Without `acks=all` or without retries Java's producer is silently not idempotent; where the
    /// user asks for both at once it does not start.
    private mutating func relateIdempotence() {
        let conflicts = [
            weakAcks.map { ($0, "acks=all") },
            noRetries.map { ($0, "retries of at least 1") },
        ].compactMap { $0 }
        for (setting, need) in conflicts {
            if let reason = whyIdempotent {
                report(setting, .refused, .error, "\(reason.property) needs \(need)")
            } else if result.library["enable.idempotence"] == "true"
                || result.origins["enable.idempotence"] == setting.property
            {
                put("enable.idempotence", "false", because: setting)
                report(
                    setting, .translated(to: [setting.name]), .warning,
                    "without \(need) the producer is not idempotent: a record may be written "
                        + "twice or not at all")
            }
        }
        limitRequests()
    }

    private var weakAcks: LayeredSetting? {
        userSetting("acks").flatMap { ["all", "-1"].contains($0.value) ? nil : $0 }
    }

    private var noRetries: LayeredSetting? {
        userSetting("retries").flatMap { $0.value == "0" ? $0 : nil }
    }

    /// The user's setting that asks for an idempotent producer.
    private var whyIdempotent: LayeredSetting? {
        if let id = userSetting("transactional.id") { return id }
        return userSetting("enable.idempotence").flatMap { $0.value == "true" ? $0 : nil }
    }

    private mutating func limitRequests() {
        let name = "max.in.flight.requests.per.connection"
        let isIdempotent = result.library["enable.idempotence"] == "true"
        if let setting = userSetting(name) {
            guard isIdempotent, number(name) ?? 0 > 5 else { return }
            report(
                setting, .refused, .error,
                "an idempotent producer takes at most 5: "
                    + "lower it or set enable.idempotence=false")
        } else if !isIdempotent {
            // Without idempotence a retry may overtake the request behind it.
            put(name, "1", because: context.setting("enable.idempotence"))
        }
    }

    /// A record cannot wait longer than its transaction lives.
    private mutating func fitTransaction() {
        guard context.value("transactional.id") != nil else { return }
        drop("delivery.timeout.ms")
        let limit = number("transaction.timeout.ms") ?? 60_000
        guard let setting = userSetting("delivery.timeout.ms"),
            let time = Int(setting.value), time > limit
        else { return }
        result.library["delivery.timeout.ms"] = "\(limit)"
        report(
            setting, .translated(to: [setting.name]), .info,
            "librdkafka takes at most transaction.timeout.ms, so it is \(limit)")
    }
}
