import Penstock
import Synchronization

extension Database {
    func updateTimeToLive(_ request: OperationRequest) throws(ServiceFailure) -> [UInt8] {
        let name = try request.tableName()
        let specification = try request.map("TimeToLiveSpecification")
        guard let attribute = specification["AttributeName"]?.string,
            let enables = specification["Enabled"]?.boolean
        else { throw .serialization() }
        _ = try schema(of: name)
        try state.withLock { state throws(ServiceFailure) in
            let isEnabled = state.tables[name]?.timeToLiveAttribute != nil
            guard enables != isEnabled else {
                throw .validation(
                    "TimeToLive is already \(enables ? "enabled" : "disabled")")
            }
            state.tables[name]?.timeToLiveAttribute = enables ? attribute : nil
        }
        var output = OutputBuffer()
        output.append("{\"TimeToLiveSpecification\":{\"AttributeName\":")
        output.appendText(attribute)
        output.append(enables ? ",\"Enabled\":true}}" : ",\"Enabled\":false}}")
        return Array(output.bytes)
    }

    func describeTimeToLive(_ request: OperationRequest) throws(ServiceFailure) -> [UInt8] {
        let name = try request.tableName()
        _ = try schema(of: name)
        let attribute = state.withLock { $0.tables[name]?.timeToLiveAttribute }
        var output = OutputBuffer()
        output.append("{\"TimeToLiveDescription\":{\"TimeToLiveStatus\":")
        if let attribute {
            output.append("\"ENABLED\",\"AttributeName\":")
            output.appendText(attribute)
        } else {
            output.append("\"DISABLED\"")
        }
        output.append("}}")
        return Array(output.bytes)
    }
}
