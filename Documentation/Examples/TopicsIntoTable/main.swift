// Every record of the topic `orders` becomes an item of the table `orders`.

import PenstockDynamoDBSink
import PenstockRuntime

let runner = ConnectorRunner(
    name: "orders",
    connector: DynamoDBSink(
        table: "orders",
        hashKey: .value("customer.id", as: "customer"),
        sortKey: .value("placedAt")),
    topics: ["orders"],
    kafka: ["bootstrap.servers": "localhost:9092"])
try await runner.run()
