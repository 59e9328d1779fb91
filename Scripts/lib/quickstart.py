"""The quick start's other side: clients that know nothing of Penstock.

    quickstart.py produce BOOTSTRAP TOPIC               nine records, as the Confluent quick start's
    quickstart.py items ENDPOINT REGION TABLE PROCESS   waits for nine items and prints them;
                                                        gives up when the process has ended
    quickstart.py committed BOOTSTRAP GROUP TOPIC       fails unless offset 9 is committed
"""

import json
import os
import sys
import time

COUNT = 9
PATIENCE = 60  # seconds


def produce(bootstrap, topic):
    from confluent_kafka import Producer
    from confluent_kafka.admin import AdminClient, NewTopic

    admin = AdminClient({"bootstrap.servers": bootstrap})  # must outlive its call
    creation = admin.create_topics([NewTopic(topic, num_partitions=1, replication_factor=1)])
    creation[topic].result(PATIENCE)
    # One request at a time, so that also a retry keeps the order.
    producer = Producer({"bootstrap.servers": bootstrap, "max.in.flight": 1})
    for number in range(1, COUNT + 1):
        producer.produce(topic, value=json.dumps({"f1": f"value{number}"}), partition=0)
    if producer.flush(PATIENCE):
        sys.exit("the broker did not take all records")


def items(endpoint, region, table, process):
    import boto3
    from botocore.exceptions import ClientError

    client = boto3.resource("dynamodb", endpoint_url=endpoint, region_name=region)
    found, deadline = [], time.monotonic() + PATIENCE
    while len(found) < COUNT:
        if not os.path.exists(f"/proc/{process}"):
            sys.exit("penstock ended before the items were there")
        if time.monotonic() > deadline:
            sys.exit(f"{len(found)} of {COUNT} items after {PATIENCE} s")
        time.sleep(0.1)
        try:
            found = client.Table(table).scan(ConsistentRead=True)["Items"]
        except ClientError as error:
            if error.response["Error"]["Code"] != "ResourceNotFoundException":
                raise
    for item in sorted(found, key=lambda item: item["offset"]):
        print(json.dumps(ordered(item), default=int))


def ordered(item):
    """The keys first, as DynamoDB itself keeps no order."""
    rest = {name: item[name] for name in sorted(item) if name not in ("partition", "offset")}
    return {"partition": item["partition"], "offset": item["offset"], **rest}


def committed(bootstrap, group, topic):
    from confluent_kafka import Consumer, TopicPartition

    consumer = Consumer({"bootstrap.servers": bootstrap, "group.id": group})
    [position] = consumer.committed([TopicPartition(topic, 0)], timeout=PATIENCE)
    consumer.close()
    if position.offset != COUNT:
        sys.exit(f"the committed offset is {position.offset}, not {COUNT}")


if __name__ == "__main__":
    {"produce": produce, "items": items, "committed": committed}[sys.argv[1]](*sys.argv[2:])
