import Penstock
import PenstockDynamoDB
import Synchronization

extension Database {
    func scan(_ request: OperationRequest) throws(ServiceFailure) -> [UInt8] {
        try request.refuse(
            "FilterExpression", "ScanFilter", "ProjectionExpression", "AttributesToGet", "IndexName"
        )
        let table = try request.tableName()
        let schema = try schema(of: table)
        let segments = try request.positive("TotalSegments") ?? 1
        let segment = Int(request.body["Segment"]?.integer ?? 0)
        guard segment >= 0, segment < segments else {
            throw .validation("Segment must be less than TotalSegments")
        }
        let start = try request.startKey(schema)
        var page = ResultPage(limit: try request.positive("Limit"))
        let contents = state.withLock { $0.tables[table]?.contents } ?? TableContents()
        let first = try start.map { start throws(ServiceFailure) in
            guard let number = contents.number(of: start.hash) else {
                throw .validation("The provided starting key is invalid")
            }
            return number
        }
        // Partitions keep their numbers, so a page begins where the last one ended.
        for number in (first ?? 0)..<max(contents.partitions.count, first ?? 0)
        where number % segments == segment && !page.isFull {
            var items = contents.partitions[number].items[...]
            if number == first, let start {
                items = items[contents.partitions[number].end(of: start.sort)...]
            }
            for item in items where !page.isFull { page.add(item) }
        }
        return page.reply(schema, countOnly: request.countsOnly)
    }
}

extension OperationRequest {
    func startKey(_ schema: KeySchema) throws(ServiceFailure) -> ItemKey? {
        guard let start = body["ExclusiveStartKey"], !start.isNull else { return nil }
        return try schema.exactKey(start.arena, at: start.index)
    }

    var countsOnly: Bool { body["Select"]?.string == "COUNT" }
}

extension TableContents.Partition {
    /// The place behind a sort key.
    func end(of sort: KeyValue?) -> Int {
        let (index, found) = search(sort)
        return found ? index + 1 : index
    }
}
