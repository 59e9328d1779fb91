import CPenstockRDKafka
import Penstock

extension TranslatedSettings {
    /// The settings that the library does not take, by the names the user wrote; where it takes
    /// each of them, what it says against all of them together.
    ///
    /// Makes a client without brokers for that and ends it, which takes milliseconds; files that
    /// the settings name are read.
    package func faults(of kind: ClientKind) -> [SettingFinding] {
        let faults = faultsOfValues
        // What was refused is missing from the whole, which says nothing then.
        guard faults.isEmpty, !isRefused else { return faults }
        return faultOfAll(kind).map { [$0] } ?? []
    }

    private var faultsOfValues: [SettingFinding] {
        let configuration = ClientConfiguration()
        var faults: [SettingFinding] = []
        for (name, value) in library.sorted(by: { $0.key < $1.key }) {
            guard configuration.set(name, value) != nil else { continue }
            // The library's own sentence may quote the value, which may be a secret.
            faults.append(
                SettingFinding(
                    property: origins[name] ?? name, outcome: .refused, level: .error,
                    explanation: "librdkafka does not take this value for \(name)"
                        + LibraryProperties.linked.allowed(for: name)))
        }
        return faults
    }

    /// Settings that exclude each other, or a certificate that cannot be read, show only when a
    /// client is made of them.
    private func faultOfAll(_ kind: ClientKind) -> SettingFinding? {
        var settings = library
        settings["bootstrap.servers"] = nil
        do throws(KafkaError) {
            let configuration = try ClientConfiguration(settings)
            _ = try ClientHandle(
                kind == .consumer ? RD_KAFKA_CONSUMER : RD_KAFKA_PRODUCER, configuration)
            return nil
        } catch {
            return SettingFinding(
                property: kind.prefix + "*", outcome: .refused, level: .error,
                explanation: "librdkafka does not take these settings together: \(error)")
        }
    }
}
