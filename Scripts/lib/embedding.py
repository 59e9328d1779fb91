"""The other side of check-embedding: clients that know nothing of Penstock.

    embedding.py produce BOOTSTRAP        orders to the topic orders, one of them changed later
    embedding.py items ENDPOINT PROCESS   waits for their items in the table orders and prints
                                          them; gives up when the process has ended
"""

import json
import os
import sys
import time

PATIENCE = 60  # seconds
ORDERS = [
    {"customer": {"id": "c1"}, "placedAt": 1, "total": "9.90"},
    {"customer": {"id": "c1"}, "placedAt": 2, "total": "1.00"},
    {"customer": {"id": "c2"}, "placedAt": 1, "total": "5.00"},
    {"customer": {"id": "c1"}, "placedAt": 2, "total": "2.50"},
]


def produce(bootstrap):
    from confluent_kafka import Producer
    from confluent_kafka.admin import AdminClient, NewTopic

    admin = AdminClient({"bootstrap.servers": bootstrap})  # must outlive its call
    creation = admin.create_topics([NewTopic("orders", num_partitions=1, replication_factor=1)])
    creation["orders"].result(PATIENCE)
    # One request at a time, so that also a retry keeps the order.
    producer = Producer({"bootstrap.servers": bootstrap, "max.in.flight": 1})
    for order in ORDERS:
        producer.produce("orders", value=json.dumps(order))
    if producer.flush(PATIENCE):
        sys.exit("the broker did not take all records")


def items(endpoint, process):
    import boto3
    from botocore.exceptions import ClientError

    client = boto3.resource("dynamodb", endpoint_url=endpoint, region_name="eu-west-1")
    wanted = {(order["customer"]["id"], order["placedAt"]): order["total"] for order in ORDERS}
    found, deadline = {}, time.monotonic() + PATIENCE
    while found != wanted:
        if not os.path.exists(f"/proc/{process}"):
            sys.exit("the program ended before the items were there")
        if time.monotonic() > deadline:
            sys.exit(f"after {PATIENCE} s the items are {found}")
        time.sleep(0.1)
        try:
            rows = client.Table("orders").scan(ConsistentRead=True)["Items"]
        except ClientError as error:
            if error.response["Error"]["Code"] != "ResourceNotFoundException":
                raise
            continue
        found = {(row["customer"], int(row["placedAt"])): row["total"] for row in rows}
    for row in rows:
        print(json.dumps(row, default=int))


if __name__ == "__main__":
    {"produce": produce, "items": items}[sys.argv[1]](*sys.argv[2:])
