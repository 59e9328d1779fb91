/// The names of every setting of Apache Kafka 4.3.1's clients, printed by `ConsumerConfig`,
/// `ProducerConfig` and `AdminClientConfig`; `sasl.` ones are left out.
enum JavaClientSettings {
    static let consumer = names(
        """
        allow.auto.create.topics auto.commit.interval.ms auto.offset.reset
        bootstrap.servers check.crcs client.dns.lookup client.id client.rack
        config.providers connections.max.idle.ms default.api.timeout.ms enable.auto.commit
        enable.metrics.push exclude.internal.topics fetch.max.bytes fetch.max.wait.ms
        fetch.min.bytes group.id group.instance.id group.protocol group.remote.assignor
        heartbeat.interval.ms interceptor.classes
        internal.throw.on.fetch.stable.offset.unsupported isolation.level key.deserializer
        max.partition.fetch.bytes max.poll.interval.ms max.poll.records
        metadata.max.age.ms metadata.recovery.rebootstrap.trigger.ms
        metadata.recovery.strategy metric.reporters metrics.num.samples
        metrics.recording.level metrics.sample.window.ms partition.assignment.strategy
        receive.buffer.bytes reconnect.backoff.max.ms reconnect.backoff.ms
        request.timeout.ms retry.backoff.max.ms retry.backoff.ms security.protocol
        security.providers send.buffer.bytes session.timeout.ms share.acknowledgement.mode
        share.acquire.mode socket.connection.setup.timeout.max.ms
        socket.connection.setup.timeout.ms ssl.cipher.suites ssl.enabled.protocols
        ssl.endpoint.identification.algorithm ssl.engine.factory.class ssl.key.password
        ssl.keymanager.algorithm ssl.keystore.certificate.chain ssl.keystore.key
        ssl.keystore.location ssl.keystore.password ssl.keystore.type ssl.protocol
        ssl.provider ssl.secure.random.implementation ssl.trustmanager.algorithm
        ssl.truststore.certificates ssl.truststore.location ssl.truststore.password
        ssl.truststore.type value.deserializer
        """)

    static let producer = names(
        """
        acks batch.size bootstrap.servers buffer.memory client.dns.lookup client.id
        compression.gzip.level compression.lz4.level compression.type
        compression.zstd.level config.providers connections.max.idle.ms
        delivery.timeout.ms enable.idempotence enable.metrics.push interceptor.classes
        key.serializer linger.ms max.block.ms max.in.flight.requests.per.connection
        max.request.size metadata.max.age.ms metadata.max.idle.ms
        metadata.recovery.rebootstrap.trigger.ms metadata.recovery.strategy
        metric.reporters metrics.num.samples metrics.recording.level
        metrics.sample.window.ms partitioner.adaptive.partitioning.enable
        partitioner.availability.timeout.ms partitioner.class partitioner.ignore.keys
        receive.buffer.bytes reconnect.backoff.max.ms reconnect.backoff.ms
        request.timeout.ms retries retry.backoff.max.ms retry.backoff.ms security.protocol
        security.providers send.buffer.bytes socket.connection.setup.timeout.max.ms
        socket.connection.setup.timeout.ms ssl.cipher.suites ssl.enabled.protocols
        ssl.endpoint.identification.algorithm ssl.engine.factory.class ssl.key.password
        ssl.keymanager.algorithm ssl.keystore.certificate.chain ssl.keystore.key
        ssl.keystore.location ssl.keystore.password ssl.keystore.type ssl.protocol
        ssl.provider ssl.secure.random.implementation ssl.trustmanager.algorithm
        ssl.truststore.certificates ssl.truststore.location ssl.truststore.password
        ssl.truststore.type transaction.timeout.ms transaction.two.phase.commit.enable
        transactional.id value.serializer
        """)

    static let admin = names(
        """
        bootstrap.controllers bootstrap.servers client.dns.lookup client.id
        config.providers connections.max.idle.ms default.api.timeout.ms
        enable.metrics.push metadata.max.age.ms metadata.recovery.rebootstrap.trigger.ms
        metadata.recovery.strategy metric.reporters metrics.num.samples
        metrics.recording.level metrics.sample.window.ms receive.buffer.bytes
        reconnect.backoff.max.ms reconnect.backoff.ms request.timeout.ms retries
        retry.backoff.max.ms retry.backoff.ms security.protocol security.providers
        send.buffer.bytes socket.connection.setup.timeout.max.ms
        socket.connection.setup.timeout.ms ssl.cipher.suites ssl.enabled.protocols
        ssl.endpoint.identification.algorithm ssl.engine.factory.class ssl.key.password
        ssl.keymanager.algorithm ssl.keystore.certificate.chain ssl.keystore.key
        ssl.keystore.location ssl.keystore.password ssl.keystore.type ssl.protocol
        ssl.provider ssl.secure.random.implementation ssl.trustmanager.algorithm
        ssl.truststore.certificates ssl.truststore.location ssl.truststore.password
        ssl.truststore.type
        """)

    private static func names(_ text: String) -> [String] {
        text.split { $0 == " " || $0 == "\n" }.map(String.init)
    }
}
