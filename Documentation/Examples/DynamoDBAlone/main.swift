// Puts an order into a table, as a role, and reads the orders of its customer.

import PenstockAWS
import PenstockDynamoDB

struct Order: Codable { var customer: String; var placedAt: Int; var total: String }

let dynamo = DynamoDB(
    region: "eu-west-1",
    credentials: AssumeRole(arn: "arn:aws:iam::123456789012:role/orders"))
let orders = dynamo.table("orders", of: Order.self)
try await orders.put(Order(customer: "c1", placedAt: 1, total: "9.90"))
for try await order in orders.query(.hash("c1")) { print(order.total) }
