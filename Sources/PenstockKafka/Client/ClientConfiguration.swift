import CPenstockRDKafka
import Penstock

/// The owner of a configuration that is being filled for one client.
@safe
struct ClientConfiguration: ~Copyable {
    private let pointer: OpaquePointer

    init() { pointer = rd_kafka_conf_new() }

    deinit { rd_kafka_conf_destroy(pointer) }

    /// Sets one value; returns the library's sentence where it does not take it.
    borrowing func set(_ name: String, _ value: String) -> String? {
        var text = [CChar](repeating: 0, count: 512)
        let result = rd_kafka_conf_set(pointer, name, value, &text, text.count)
        guard result != RD_KAFKA_CONF_OK else { return nil }
        return text.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    }

    /// Lends the pointer, for callbacks.
    borrowing func withPointer<Result: ~Copyable>(
        _ body: (OpaquePointer) -> Result
    ) -> Result { body(pointer) }

    /// Gives the pointer away to a client, which will free it.
    consuming func release() -> OpaquePointer {
        let pointer = pointer
        discard self
        return pointer
    }
}

extension TranslatedSettings {
    /// The settings whose value the library does not take, by the names the user wrote.
    package func faults() -> [SettingFinding] {
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
}
