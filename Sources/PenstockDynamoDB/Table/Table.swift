internal import Synchronization

/// A table whose items are values of a Swift type.
///
/// ```swift
/// let orders = dynamo.table("orders", of: Order.self)
/// for try await order in orders.query(.hash("c1")) { print(order.total) }
/// ```
///
/// Where a key is needed and none was given with the table, DynamoDB is asked for it once
/// (`DescribeTable`).
public struct Table<Element: Codable & Sendable>: Sendable {
    /// The table's name.
    public let name: String
    private let dynamo: DynamoDB
    private let knownKey: KnownKey

    /// The table's key once it is known, shared by copies.
    private final class KnownKey: Sendable {
        let key: Mutex<KeySchema?>
        init(_ key: KeySchema?) { self.key = Mutex(key) }
    }

    init(_ name: String, in dynamo: DynamoDB, key: KeySchema?) {
        self.name = name
        self.dynamo = dynamo
        knownKey = KnownKey(key)
    }

    /// Puts a value's item in the place of whatever is there under its key.
    ///
    /// ``PutItemInput/isIdempotent`` says when it is tried again where it may have been done.
    ///
    /// - Throws: ``DynamoDBError``: `conditionalCheckFailed` where the condition does not hold,
    ///   `coding` where the value does not make an item.
    public func put(
        _ element: Element, if condition: WriteCondition? = nil, isIdempotent: Bool? = nil
    ) async throws(DynamoDBError) {
        let item = try coding("PutItem") { try ItemEncoder().encode(element) }
        var input = PutItemInput(table: name, item: item, if: condition)
        input.isIdempotent = isIdempotent
        try await dynamo.putItem(input)
    }

    /// Reads the value under a key; nil where there is none.
    ///
    /// A consistent read sees every write that succeeded before, and costs twice.
    ///
    /// - Throws: ``DynamoDBError``.
    public func get(
        _ hash: AttributeValue, _ sort: AttributeValue? = nil, isConsistent: Bool = false
    ) async throws(DynamoDBError) -> Element? {
        let input = GetItemInput(
            table: name, key: try await key(hash, sort), isConsistent: isConsistent)
        return try await dynamo.getItem(input).item.map { item throws(DynamoDBError) in
            try decode(item, "GetItem")
        }
    }

    /// Changes the item under a key, and makes it where there is none.
    ///
    /// ``UpdateItemInput/isIdempotent`` says when it is tried again where it may have been done.
    ///
    /// - Returns: The value as it is afterwards.
    /// - Throws: ``DynamoDBError``: `conditionalCheckFailed` where the condition does not hold,
    ///   `coding` where the item that is there then does not fit the Swift type.
    @discardableResult
    public func update(
        _ hash: AttributeValue, _ sort: AttributeValue? = nil, _ update: ItemUpdate,
        if condition: WriteCondition? = nil, isIdempotent: Bool? = nil
    ) async throws(DynamoDBError) -> Element {
        var input = UpdateItemInput(
            table: name, key: try await key(hash, sort), update, if: condition)
        input.returnValues = .allNew
        input.isIdempotent = isIdempotent
        return try decode(try await dynamo.updateItem(input).attributes ?? [:], "UpdateItem")
    }

    /// Deletes the item under a key, if there is one.
    ///
    /// ``DeleteItemInput/isIdempotent`` says when it is tried again where it may have been done.
    ///
    /// - Throws: ``DynamoDBError``: `conditionalCheckFailed` where the condition does not hold.
    public func delete(
        _ hash: AttributeValue, _ sort: AttributeValue? = nil, if condition: WriteCondition? = nil,
        isIdempotent: Bool? = nil
    ) async throws(DynamoDBError) {
        var input = DeleteItemInput(table: name, key: try await key(hash, sort), if: condition)
        input.isIdempotent = isIdempotent
        try await dynamo.deleteItem(input)
    }

    /// The values under one hash key, in the order of their sort keys.
    public func query(
        _ condition: KeyCondition, isAscending: Bool = true, isConsistent: Bool = false
    ) -> Items<Element> {
        Items { startKey throws(DynamoDBError) in
            var input = QueryInput(table: name, condition, key: try await schema())
            input.isAscending = isAscending
            input.isConsistent = isConsistent
            input.startKey = startKey
            return try page(of: try await dynamo.query(input), QueryInput.operation)
        }
    }

    /// All values, in no order.
    public func scan(isConsistent: Bool = false) -> Items<Element> {
        Items { startKey throws(DynamoDBError) in
            var input = ScanInput(table: name)
            input.isConsistent = isConsistent
            input.startKey = startKey
            return try page(of: try await dynamo.scan(input), ScanInput.operation)
        }
    }
}

extension Table {
    private func schema() async throws(DynamoDBError) -> KeySchema {
        if let key = knownKey.key.withLock({ $0 }) { return key }
        let key = try await dynamo.describeTable(name).key
        knownKey.key.withLock { $0 = key }
        return key
    }

    private func key(
        _ hash: AttributeValue, _ sort: AttributeValue?
    ) async throws(DynamoDBError) -> Item {
        let schema = try await schema()
        var key = [schema.hash.name: hash]
        // One value too few or too many is for DynamoDB to refuse.
        if let sort { key[schema.sort?.name ?? "sort"] = sort }
        return key
    }

    private func page(
        of page: ItemPage, _ operation: String
    ) throws(DynamoDBError) -> Items<Element>.Page {
        var elements: [Element] = []
        elements.reserveCapacity(page.items.count)
        for item in page.items { elements.append(try decode(item, operation)) }
        return Items<Element>.Page(elements: elements, lastKey: page.lastKey)
    }

    private func decode(_ item: Item, _ operation: String) throws(DynamoDBError) -> Element {
        try coding(operation) { try ItemDecoder().decode(Element.self, from: item) }
    }

    private func coding<Result>(
        _ operation: String, _ body: () throws -> Result
    ) throws(DynamoDBError) -> Result {
        do {
            return try body()
        } catch let error as ItemCodingError {
            throw DynamoDBError(.coding, operation: operation, cause: error)
        } catch {
            // What a type's own coding throws may show values.
            throw DynamoDBError(.coding, operation: operation)
        }
    }
}

extension DynamoDB {
    /// A table whose items are values of a Swift type.
    ///
    /// - Parameters:
    ///   - name: The table's name.
    ///   - type: The type of its items.
    ///   - key: Its key; nil asks DynamoDB once, when it is needed.
    /// - Returns: The table; nothing is asked or made yet.
    public func table<Element: Codable & Sendable>(
        _ name: String, of type: Element.Type = Element.self, key: KeySchema? = nil
    ) -> Table<Element> {
        Table(name, in: self, key: key)
    }
}
