public import Penstock
import PenstockIO

extension DynamoDBSink: ConfigurableConnector {
    /// Confluent's class and its short names.
    public static let classNames = [
        "io.confluent.connect.aws.dynamodb.DynamoDbSinkConnector", "DynamoDbSinkConnector",
        "DynamoDbSink", "DynamoDBSink",
    ]

    /// The definitions: Confluent's properties under their names, then those that it lacks.
    public static let options: [ConfigurationOption<DynamoDBSink>] =
        keyOptions + writeOptions + connectionOptions + ownOptions

    private static let keyOptions: [ConfigurationOption<DynamoDBSink>] = [
        .init(
            "aws.dynamodb.pk.hash", \.hashKey, .keyReference, importance: .high,
            "What of a record becomes the hash key: partition, offset, key, value, or a field of the"
                + " last two by its path; behind a colon the attribute's name."),
        .init(
            "aws.dynamodb.pk.sort", \.sortKey, .keyReference, importance: .high,
            "What of a record becomes the sort key, written like the hash key; empty for none."),
        .init(
            "table.name.format", \.table, .tableNameFormat,
            "The table's name, in which ${topic} stands for the topic."),
        .init(
            "max.pk.depth", \.maximumKeyDepth, .int64.atLeast(-1), importance: .low,
            "The most fields in a key's path; -1 for any number."),
    ]

    private static let writeOptions: [ConfigurationOption<DynamoDBSink>] = [
        .init(
            "behavior.on.null.values", \.nullValues,
            .choice(of: NullValueBehavior.self, ignoringCase: true),
            "What a record without a value does: UPSERT writes an item of its key alone, IGNORE"
                + " passes over it, DELETE deletes the item."),
        .init(
            "aws.dynamodb.max.retry.time.seconds", \.maximumRetryTime, .seconds.atLeast(.zero),
            importance: .low,
            "How long a write is tried before the task ends; without end where it is not set."),
        .init(
            "aws.dynamodb.instant.flush", \.sendsAtOnce, .boolean, importance: .low,
            "Whether every record is sent at once, alone."),
    ]

    private static let connectionOptions: [ConfigurationOption<DynamoDBSink>] = [
        .init(
            "aws.dynamodb.region", \.region, .string,
            "The region; else AWS_REGION, AWS_DEFAULT_REGION, the profile's, us-east-1."),
        .init(
            "aws.dynamodb.endpoint", \.endpoint, .string, importance: .low,
            "The address of DynamoDB; else AWS_ENDPOINT_URL_DYNAMODB, AWS_ENDPOINT_URL, the region's."
        ),
        .init(
            "aws.access.key.id", \.accessKeyID, .secret,
            "A static access key's id; AWS's own chain of credentials where it is not set."),
        .init(
            "aws.secret.access.key", \.secretAccessKey, .secret, "A static access key's secret."),
        .init(
            "aws.session.token", \.sessionToken, .secret, importance: .low,
            "The session token of a static access key that is temporary."),
        .init(
            "aws.dynamodb.credentials.provider.class", \.credentialsClass, .string,
            importance: .low,
            "The class that provides credentials: a Java class of the AWS SDKs or of Confluent, or one"
                + " that the program has registered."),
        .init(
            prefix: credentialsPrefix, \.credentialsSettings, importance: .low,
            "Settings for the class that provides credentials."),
        .init(
            "aws.dynamodb.proxy.url", \.proxy, .secret, importance: .low,
            "The proxy: http://host:port, with or without user and password."),
        .init(
            "aws.dynamodb.proxy.user", \.proxyUser, .string, importance: .low, "The proxy's user."),
        .init(
            "aws.dynamodb.proxy.password", \.proxyPassword, .secret, importance: .low,
            "The proxy's password."),
    ]

    private static let ownOptions: [ConfigurationOption<DynamoDBSink>] = [
        .init(
            "dynamodb.table.create", \.createsTables, .boolean,
            "Whether missing tables are created, on demand."),
        .init(
            "dynamodb.batch.linger.ms", \.linger,
            .milliseconds.between(.zero ... .seconds(60)), importance: .low,
            "How long a request that is not full waits for more records."),
        .init(
            "dynamodb.max.requests.in.flight", \.maximumRequestsInFlight,
            .count.between(1...10_000), importance: .low,
            "The most requests in flight in this process; fewer while DynamoDB throttles."),
    ]

    /// Both keys or none, two different attributes, paths that are not too deep.
    public func faultsBetweenOptions() -> [ConfigurationFault] {
        var faults = credentialFaults()
        if let proxy, HTTPProxy(parsing: proxy.revealed) == nil {
            faults.append(
                ConfigurationFault(
                    property: "aws.dynamodb.proxy.url",
                    reason: "must be the address of an HTTP proxy, such as http://proxy:3128"))
        }
        if hashKey.attribute == sortKey?.attribute {
            faults.append(
                ConfigurationFault(
                    property: "aws.dynamodb.pk.sort", value: sortKey?.description,
                    reason: "must make another attribute than aws.dynamodb.pk.hash"))
        }
        faults += depthFault("aws.dynamodb.pk.hash", hashKey)
        faults += sortKey.map { depthFault("aws.dynamodb.pk.sort", $0) } ?? []
        return faults
    }

    private func depthFault(_ property: String, _ key: KeyReference) -> [ConfigurationFault] {
        guard maximumKeyDepth >= 0, key.source.path.count > maximumKeyDepth else { return [] }
        return [
            ConfigurationFault(
                property: property, value: key.description,
                reason: "must have at most \(maximumKeyDepth) fields, as max.pk.depth says")
        ]
    }
}

extension ConfigurationType where Value == KeyReference {
    fileprivate static var keyReference: Self {
        Self(
            allowed: "partition, offset, key, value, key.FIELD or value.FIELD, each with or without"
                + " :ATTRIBUTE behind it",
            parse: { KeyReference($0) }, text: \.description)
    }
}

extension ConfigurationType where Value == TableNameFormat {
    fileprivate static var tableNameFormat: Self {
        Self(
            allowed: "a table's name of 3 to 255 letters, digits, _, - and ., with or without"
                + " ${topic}",
            parse: { text in
                let format = TableNameFormat(text)
                return format.isValid ? format : nil
            }, text: \.description)
    }
}
