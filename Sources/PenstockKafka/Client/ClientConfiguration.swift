import CPenstockRDKafka
import Penstock

/// The owner of a configuration that is being filled for one client.
struct ClientConfiguration: ~Copyable {
    private let pointer: OpaquePointer

    init() { pointer = rd_kafka_conf_new() }

    /// A configuration with these settings; throws at the first that the library does not take.
    init(_ settings: [String: String]) throws(KafkaError) {
        self.init()
        for (name, value) in settings.sorted(by: { $0.key < $1.key }) {
            // The library's sentence may quote the value, which may be a secret.
            guard set(name, value) != nil else { continue }
            throw KafkaError(
                .invalidArgument, detail: "librdkafka does not take the value of \(name)")
        }
        // Log lines are handed over where the client is polled, not on the library's threads.
        _ = set("log.queue", "true")
    }

    deinit { rd_kafka_conf_destroy(pointer) }

    /// Sets one value; returns the library's sentence where it does not take it.
    borrowing func set(_ name: String, _ value: String) -> String? {
        var text = [CChar](repeating: 0, count: 512)
        let result = rd_kafka_conf_set(pointer, name, value, &text, text.count)
        guard result != RD_KAFKA_CONF_OK else { return nil }
        return text.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    }

    /// The value of a setting; nil where it has none.
    borrowing func value(of name: String) -> String? {
        var size = 0
        guard rd_kafka_conf_get(pointer, name, nil, &size) == RD_KAFKA_CONF_OK, size > 0 else {
            return nil
        }
        var text = [CChar](repeating: 0, count: size)
        guard rd_kafka_conf_get(pointer, name, &text, &size) == RD_KAFKA_CONF_OK else { return nil }
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
