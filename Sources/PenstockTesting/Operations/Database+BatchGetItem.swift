import Penstock
import Synchronization

extension Database {
    private static let mostKeys = 100

    func batchGetItem(_ request: OperationRequest) throws(ServiceFailure) -> [UInt8] {
        let tables = try request.map("RequestItems")
        let count = tables.fields.reduce(0) { $0 + ($1.value["Keys"]?.count ?? 0) }
        guard count > 0, count <= Self.mostKeys else {
            throw .validation(
                count > 0
                    ? "Too many items requested for the BatchGetItem call"
                    : "1 validation error detected: the list of keys must not be empty")
        }
        let undone = request.unprocessed.choose(of: try batchKeys(in: request.body, .batchGetItem))
        var responses = OutputBuffer()
        var unprocessed = OutputBuffer()
        var position = 0
        for (name, member) in tables.fields {
            try OperationRequest(
                operation: .batchGetItem, number: 0, body: member, unprocessed: []
            ).refuse("ProjectionExpression", "AttributesToGet")
            let keys = member["Keys"]?.elements.map { $0 } ?? []
            let range = position..<position + keys.count
            position = range.upperBound
            let split = zip(range, keys)
            let done = split.filter { !undone.contains($0.0) }.map(\.1)
            try read(name, done, keys, to: &responses)
            Self.write(name, split.filter { undone.contains($0.0) }.map(\.1), to: &unprocessed)
        }
        var output = OutputBuffer()
        output.append("{\"Responses\":{")
        output.append(responses.bytes)
        output.append("},\"UnprocessedKeys\":{")
        output.append(unprocessed.bytes)
        output.append("}}")
        return Array(output.bytes)
    }

    private func read(
        _ name: String, _ done: [Value], _ all: [Value], to output: inout OutputBuffer
    ) throws(ServiceFailure) {
        let table = try OperationRequest.tableName(.build { $0.string(name) })
        let schema = try schema(of: table)
        var seen: Set<ItemKey> = []
        for key in all {
            guard seen.insert(try schema.exactKey(key.arena, at: key.index)).inserted else {
                throw .validation("Provided list of item keys contains duplicates")
            }
        }
        if output.count > 0 { output.append(",") }
        output.appendText(name)
        output.append(":[")
        var isFirst = true
        for key in done {
            let key = try schema.exactKey(key.arena, at: key.index)
            let item = state.withLock { $0.tables[table]?.contents[key] }
            guard let item else { continue }
            if !isFirst { output.append(",") }
            isFirst = false
            output.append(item)
        }
        output.append("]")
    }

    private static func write(_ name: String, _ keys: [Value], to output: inout OutputBuffer) {
        guard !keys.isEmpty else { return }
        if output.count > 0 { output.append(",") }
        output.appendText(name)
        output.append(":{\"Keys\":[")
        for (place, key) in keys.enumerated() {
            if place > 0 { output.append(",") }
            JSONWriter.write(key.arena, key.index, to: &output)
        }
        output.append("]}")
    }
}
