import CPenstockRDKafka
import Penstock

/// The arguments of one call of `rd_kafka_produceva`.
struct ProduceArguments {
    // A fixed number of places, so that a record costs no allocation here.
    private var places: InlineArray<8, rd_kafka_vu_t> = .init(repeating: rd_kafka_vu_t())
    private var count = 0

    private mutating func add(
        _ type: rd_kafka_vtype_t, _ fill: (inout rd_kafka_vu_t) -> Void
    ) {
        places[count].vtype = type
        fill(&places[count])
        count += 1
    }

    mutating func add(_ record: OutgoingRecord) {
        add(RD_KAFKA_VTYPE_MSGFLAGS) { $0.u.i = RD_KAFKA_MSG_F_COPY }
        add(RD_KAFKA_VTYPE_KEY) {
            $0.u.mem.ptr = record.key.address
            $0.u.mem.size = record.key?.count ?? 0
        }
        add(RD_KAFKA_VTYPE_VALUE) {
            $0.u.mem.ptr = record.value.address
            $0.u.mem.size = record.value?.count ?? 0
        }
        if let timestamp = record.timestamp {
            add(RD_KAFKA_VTYPE_TIMESTAMP) { $0.u.i64 = timestamp.milliseconds }
        }
    }

    mutating func add(topic: OpaquePointer, partition: Int32?, identifier: Int) {
        add(RD_KAFKA_VTYPE_RKT) { $0.u.rkt = topic }
        if let partition { add(RD_KAFKA_VTYPE_PARTITION) { $0.u.i32 = partition } }
        add(RD_KAFKA_VTYPE_OPAQUE) { $0.u.ptr = UnsafeMutableRawPointer(bitPattern: identifier) }
    }

    /// Headers, which are the library's once the call has succeeded.
    mutating func add(headers: OpaquePointer) {
        add(RD_KAFKA_VTYPE_HEADERS) { $0.u.headers = headers }
    }

    /// Makes the call; returns the library's error object where it fails.
    func send(to client: OpaquePointer) -> OpaquePointer? {
        withUnsafePointer(to: places) { places in
            places.withMemoryRebound(to: rd_kafka_vu_t.self, capacity: 8) {
                rd_kafka_produceva(client, $0, count)
            }
        }
    }
}
