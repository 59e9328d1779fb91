// Prints the total of each order: a sink of one's own.

import Penstock
import PenstockRuntime

struct Order: Decodable { var id: Int; var total: String }

struct Audit: SinkTask {
    func write(_ batch: SinkBatch) async throws(TaskError) {
        for record in batch {
            guard let value = record.value else { continue }  // a tombstone
            do { print(try value.decode(Order.self).total) } catch { batch.fail(record, error) }
        }
    }
}

try await ConnectorRunner(
    name: "audit", connector: Sink { Audit() },
    topics: ["orders"], kafka: ["bootstrap.servers": "localhost:9092"]
).run()
