internal import Penstock
internal import PenstockAWS
internal import PenstockIO
internal import Synchronization

/// Sends batches of writes whose JSON is there already: one request at a time, one attempt each.
///
/// For callers that retry themselves. One writer per request in flight; each keeps its memory, so
/// in steady state a request costs a few allocations whatever its size. Used on the thread of the
/// event loop on which it was made.
package final class BatchWriter: Sendable {
    private let dynamo: DynamoDB
    /// Made with the first request, when it is known how requests travel.
    private let kept = Mutex<HTTPExchange?>(nil)
    private let signer = BatchSigner()

    /// The operation's name, for errors.
    private static let operation = "BatchWriteItem"

    fileprivate init(_ dynamo: DynamoDB) {
        self.dynamo = dynamo
    }

    /// Sends the body of a `BatchWriteItem` request.
    ///
    /// Cancelling the task frees the request at once and throws `cancelled`.
    ///
    /// - Parameters:
    ///   - body: The request's JSON, which the caller keeps in place until this returns.
    ///   - timeout: The limit for everything.
    /// - Returns: Whether every write was applied. Otherwise ``reply`` names those that were not.
    /// - Throws: ``DynamoDBError``.
    package func send(
        _ body: UnsafeRawBufferPointer, timeout: Duration
    ) async throws(DynamoDBError) -> Bool {
        let connection = try dynamo.connection(for: Self.operation)
        let credentials = try await dynamo.signingCredentials(for: Self.operation)
        let now = dynamo.now()
        let target = try dynamo.target(
            for: Self.operation, on: connection, with: credentials)
        let exchange = exchange(on: connection)
        do {
            let signature = try signer.sign(body.bytes, to: target, with: credentials, at: now)
            try exchange.setTarget(method: "POST", url: signer.url(of: target))
            setHeaders(signature, of: exchange)
            try await exchange.send(body: body, timeout: timeout)
        } catch let error as HTTPError {
            throw DynamoDBError(http: error, operation: Self.operation)
        } catch {
            throw DynamoDBError(.configuration, operation: Self.operation, cause: error)
        }
        if let error = Self.fault(in: exchange) {
            if error.code.isAboutCredentials { dynamo.credentials.invalidate(credentials) }
            _ = dynamo.adoptClock(
                after: error, signedAt: now, date: exchange.header("date"))
            throw error
        }
        return Self.isComplete(exchange.body)
    }

    /// The JSON of the last reply; good until the next request.
    package var reply: [UInt8] { kept.withLock { $0 }?.body ?? [] }

    private func exchange(on connection: Connection) -> HTTPExchange {
        kept.withLock { kept in
            if let kept { return kept }
            let made = connection.http.makeExchange()
            kept = made
            return made
        }
    }

    private func setHeaders(_ signature: RequestSignature, of exchange: HTTPExchange) {
        exchange.removeHeaders()
        for header in BatchSigner.headers { exchange.appendHeader(header.name, header.value) }
        exchange.appendHeader("X-Amz-Date", signature.date)
        exchange.appendHeader("Authorization", signature.authorization)
        if let token = signature.sessionToken {
            exchange.appendHeader("X-Amz-Security-Token", token)
        }
        exchange.appendHeader("amz-sdk-request", "attempt=1; max=1")
    }

    private static func fault(in exchange: HTTPExchange) -> DynamoDBError? {
        let body = exchange.body
        if let error = DynamoDB.checksumFault(
            body, header: exchange.header("x-amz-crc32"), status: exchange.status, operation)
        {
            return error
        }
        guard exchange.status != 200 else { return nil }
        return DynamoDBError(
            reply: HTTPResponse(status: exchange.status, headers: exchange.headers, body: body),
            operation: operation)
    }

    private static let otherMembers = ["ConsumedCapacity", "ItemCollectionMetrics"]

    /// Whether a reply leaves nothing unprocessed.
    static func isComplete(_ body: [UInt8]) -> Bool {
        // What DynamoDB sends when all went well.
        if body.elementsEqual("{\"UnprocessedItems\":{}}".utf8) { return true }
        // A reply that cannot be read is not complete: who reads it then finds the fault.
        guard let json = try? Value(json: body, maximumDepth: DynamoDB.replyDepth),
            json.kind == .map
        else { return false }
        if let left = json["UnprocessedItems"] { return left.kind == .map && left.count == 0 }
        // Not whatever JSON somebody on the way may answer with.
        return json.fields.allSatisfy { Self.otherMembers.contains($0.name) }
    }
}

extension DynamoDB {
    /// Makes a writer for one request in flight; on the thread of an event loop.
    package func makeBatchWriter() -> BatchWriter { BatchWriter(self) }
}
