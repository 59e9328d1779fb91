import Penstock

/// An error as DynamoDB answers it.
struct ServiceFailure: Error {
    var status = 400
    var namespace = "com.amazonaws.dynamodb.v20120810"
    var code: String
    var message: String
    var throttlingReasons: [(reason: ThrottlingReason, resource: String)] = []

    init(_ code: String, _ message: String, status: Int = 400) {
        self.code = code
        self.message = message
        self.status = status
        if code == "ValidationException" || code == "SerializationException"
            || code == "ThrottlingException"
        {
            namespace = "com.amazon.coral.service"
        }
    }

    static func validation(_ message: String) -> ServiceFailure {
        ServiceFailure("ValidationException", message)
    }

    /// A member of the request is not of the type that the API gives it.
    static func serialization(_ message: String = "Unexpected field type") -> ServiceFailure {
        ServiceFailure("SerializationException", message)
    }

    static func invalidParameter(_ message: String) -> ServiceFailure {
        validation("One or more parameter values were invalid: " + message)
    }

    static var noSuchTable: ServiceFailure {
        ServiceFailure("ResourceNotFoundException", "Requested resource not found")
    }

    static func noSuchTable(_ name: String) -> ServiceFailure {
        ServiceFailure(
            "ResourceNotFoundException", "Requested resource not found: Table: \(name) not found")
    }

    static var keyMismatch: ServiceFailure {
        validation("The provided key element does not match the schema")
    }

    var json: [UInt8] {
        var output = OutputBuffer()
        output.append("{\"__type\":")
        output.appendText(namespace + "#" + code)
        output.append(",\"message\":")
        output.appendText(message)
        if !throttlingReasons.isEmpty {
            output.append(",\"ThrottlingReasons\":[")
            for (place, entry) in throttlingReasons.enumerated() {
                output.append(place > 0 ? ",{\"reason\":" : "{\"reason\":")
                output.appendText(entry.reason.rawValue)
                output.append(",\"resource\":")
                output.appendText(entry.resource)
                output.append("}")
            }
            output.append("]")
        }
        output.append("}")
        return Array(output.bytes)
    }
}

extension OutputBuffer {
    /// Adds a JSON string.
    mutating func appendText(_ text: String) {
        var text = text
        text.withUTF8 { appendJSON(string: UnsafeRawBufferPointer($0)) }
    }
}
