extension DynamoDB {
    /// Makes a table; see ``describeTable(_:)`` for when it can be used.
    ///
    /// - Throws: ``DynamoDBError``: `resourceInUse` where it exists already.
    public func createTable(
        _ input: CreateTableInput
    ) async throws(DynamoDBError) -> TableDescription { try await call(input) }

    /// Says what a table is like.
    ///
    /// - Throws: ``DynamoDBError``: `resourceNotFound` where there is none.
    public func describeTable(
        _ table: String
    ) async throws(DynamoDBError) -> TableDescription {
        try await call(DescribeTableInput(table: table))
    }

    /// Deletes a table with all its items; it is gone some seconds later.
    ///
    /// - Throws: ``DynamoDBError``: `resourceNotFound` where there is none, `resourceInUse` while it
    ///   is being made or changed.
    @discardableResult
    public func deleteTable(
        _ table: String
    ) async throws(DynamoDBError) -> TableDescription {
        try await call(DeleteTableInput(table: table))
    }

    /// Lists the names of the tables, at most 100 a page.
    ///
    /// - Throws: ``DynamoDBError``.
    public func listTables(
        startAfter: String? = nil, limit: Int? = nil
    ) async throws(DynamoDBError) -> TablePage {
        try await call(ListTablesInput(startAfter: startAfter, limit: limit))
    }

    /// Sets which attribute holds the second, since 1970, after which DynamoDB deletes an item.
    ///
    /// - Throws: ``DynamoDBError``: `validation` where it is so already.
    public func updateTimeToLive(
        table: String, attribute: String, isEnabled: Bool = true
    ) async throws(DynamoDBError) {
        _ = try await call(
            UpdateTimeToLiveInput(table: table, attribute: attribute, isEnabled: isEnabled))
    }

    /// Puts an item.
    ///
    /// - Throws: ``DynamoDBError``: `conditionalCheckFailed` where its condition does not hold.
    @discardableResult
    public func putItem(
        _ input: PutItemInput
    ) async throws(DynamoDBError) -> WriteItemOutput { try await call(input) }

    /// Reads an item.
    ///
    /// - Throws: ``DynamoDBError``.
    public func getItem(
        _ input: GetItemInput
    ) async throws(DynamoDBError) -> GetItemOutput { try await call(input) }

    /// Changes attributes of an item.
    ///
    /// - Throws: ``DynamoDBError``: `conditionalCheckFailed` where its condition does not hold.
    @discardableResult
    public func updateItem(
        _ input: UpdateItemInput
    ) async throws(DynamoDBError) -> WriteItemOutput { try await call(input) }

    /// Deletes an item.
    ///
    /// - Throws: ``DynamoDBError``: `conditionalCheckFailed` where its condition does not hold.
    @discardableResult
    public func deleteItem(
        _ input: DeleteItemInput
    ) async throws(DynamoDBError) -> WriteItemOutput { try await call(input) }

    /// Reads a page of items under one hash key.
    ///
    /// - Throws: ``DynamoDBError``.
    public func query(
        _ input: QueryInput
    ) async throws(DynamoDBError) -> ItemPage { try await call(input) }

    /// Reads a page of all items.
    ///
    /// - Throws: ``DynamoDBError``.
    public func scan(
        _ input: ScanInput
    ) async throws(DynamoDBError) -> ItemPage { try await call(input) }

    /// Writes up to 25 items.
    ///
    /// Success does not mean that all were written: what is left stands in the output's
    /// `unprocessed`.
    ///
    /// - Throws: ``DynamoDBError``: none of the items was written where it is `validation`.
    public func batchWriteItem(
        _ input: BatchWriteItemInput
    ) async throws(DynamoDBError) -> BatchWriteItemOutput { try await call(input) }

    /// Reads up to 100 items.
    ///
    /// Success does not mean that all were read: what is left stands in the output's `unprocessed`.
    ///
    /// - Throws: ``DynamoDBError``.
    public func batchGetItem(
        _ input: BatchGetItemInput
    ) async throws(DynamoDBError) -> BatchGetItemOutput { try await call(input) }
}
