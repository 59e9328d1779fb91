import Penstock
import Synchronization

extension Database {
    func query(_ request: OperationRequest) throws(ServiceFailure) -> [UInt8] {
        try request.refuse(
            "FilterExpression", "QueryFilter", "KeyConditions", "ProjectionExpression",
            "AttributesToGet", "IndexName")
        let table = try request.tableName()
        let schema = try schema(of: table)
        let condition = try QueryCondition(request.body, schema)
        let start = try request.startKey(schema)
        var page = ResultPage(limit: try request.positive("Limit"))
        guard let hash = condition.hash else { throw .keyMismatch }
        var items = state.withLock { $0.tables[table]?.contents.items(under: hash) ?? [] }
        let isForward = request.body["ScanIndexForward"]?.boolean ?? true
        if !isForward { items.reverse() }
        for item in items where !page.isFull {
            if let sort = item.key.sort {
                if let start = start?.sort, isForward ? !(start < sort) : !(sort < start) {
                    continue
                }
                guard condition.sort.includes(sort) else { continue }
            } else if start != nil {
                continue
            }
            page.add(item)
        }
        return page.reply(schema, countOnly: request.countsOnly)
    }
}
