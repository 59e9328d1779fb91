import Penstock

/// A request that is to be carried out.
struct OperationRequest {
    let operation: DynamoDBOperation
    let number: Int
    let body: Value
    let unprocessed: [FaultPlan.Unprocessed]
}

extension OperationRequest {
    /// The table that the request names; an ARN names it too.
    func tableName() throws(ServiceFailure) -> String {
        guard let member = body["TableName"] else {
            throw .validation(
                "The parameter 'TableName' is required but was not present in the request")
        }
        return try Self.tableName(member)
    }

    static func tableName(_ value: Value) throws(ServiceFailure) -> String {
        guard let name = value.string else { throw .serialization() }
        return name.split(separator: "/").last.map(String.init) ?? name
    }

    /// The member of a name, which must be an object.
    func map(_ name: String) throws(ServiceFailure) -> Value {
        guard let member = body[name], !member.isNull else {
            throw .validation(
                "1 validation error detected: Value null at '\(name)' failed to satisfy constraint: "
                    + "Member must not be null")
        }
        guard member.kind == .map else { throw .serialization() }
        return member
    }

    /// A whole number of at least 1, where the request has one of this name.
    func positive(_ name: String) throws(ServiceFailure) -> Int? {
        guard let member = body[name], !member.isNull else { return nil }
        guard let number = member.integer else { throw .serialization() }
        guard number >= 1 else {
            throw .validation("\(name) must be greater than or equal to 1")
        }
        return Int(number)
    }

    /// Refuses what the server does not know, so that nobody takes its silence for obedience.
    func refuse(_ names: String...) throws(ServiceFailure) {
        for name in names where body[name].map({ !$0.isNull }) ?? false {
            throw .validation("\(name) is not supported by the scripted server")
        }
    }
}
