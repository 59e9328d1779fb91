import Penstock

extension ScriptedDynamoDB {
    private static let longestRequest = 16 * 1024 * 1024

    /// Serves one connection, on its thread, until it ends.
    func serve(_ connection: inout HTTPConnection) {
        while let request = connection.readRequest() {
            guard answer(request, on: connection), request.keepsAlive else { return }
        }
    }

    /// Does what a request and the script ask for; false where the connection is to end.
    private func answer(
        _ request: ReceivedRequest, on connection: borrowing HTTPConnection
    ) -> Bool {
        guard request.start.hasPrefix("POST ") else { return sendHealth(on: connection) }
        let operation = DynamoDBOperation(
            rawValue: String(request.target.split(separator: ".").last ?? ""))
        let body = Result { () throws(ServiceFailure) in try Self.body(of: request) }
        let value = (try? body.get()) ?? .null
        let number = enter(operation, value, request)
        if let refusal = refusal(of: request) {
            return send(Reply(refusal), FaultPlan(), number, on: connection)
        }
        let plan = plan(operation, value)
        guard waitWhileStalled(connection), stop.wait(plan.delayOfApplying) else { return false }
        switch plan.end {
        case .reset:
            connection.resetWhenClosed()
            return false
        case .stall:
            while stop.wait(.milliseconds(20)), !connection.isHungUp {}
            return false
        case .refusal(let failure):
            return send(Reply(failure), plan, number, on: connection)
        case nil: break
        }
        let reply: Reply
        do throws(ServiceFailure) {
            let request = OperationRequest(
                operation: operation, number: number, body: try body.get(),
                unprocessed: plan.unprocessed)
            reply = Reply(body: try database.perform(request))
        } catch {
            reply = Reply(error)
        }
        guard !plan.isResetAfterApplying else {
            connection.resetWhenClosed()
            return false
        }
        return send(reply, plan, number, on: connection)
    }

    private func send(
        _ reply: Reply, _ plan: FaultPlan, _ number: Int, on connection: borrowing HTTPConnection
    ) -> Bool {
        guard stop.wait(plan.delayOfReply + latency) else { return false }
        var reply = reply
        reply.spoilsChecksum = plan.spoilsChecksum
        // First the log: a client that has its answer must find it there.
        note(reply.status, request: number)
        return connection.send(reply.message(requestID: requestID(number)))
    }

    private func sendHealth(on connection: borrowing HTTPConnection) -> Bool {
        let reply = Reply(body: Array("healthy: dynamodb.local".utf8))
        return connection.send(reply.message(requestID: requestID(0)))
    }

    private static func body(of request: ReceivedRequest) throws(ServiceFailure) -> Value {
        guard !request.isChunked else {
            throw ServiceFailure(
                "MissingContentLength", "A body must come with its length.", status: 411)
        }
        guard request.length <= longestRequest else {
            throw ServiceFailure(
                "RequestEntityTooLargeException", "The request is larger than 16 MB.", status: 413)
        }
        do {
            let index = try JSONParser.parse(request.body, in: request.arena, maximumDepth: 128)
            let value = Value(arena: request.arena, index: index)
            guard value.kind == .map else { throw ServiceFailure.serialization() }
            return value
        } catch let failure as ServiceFailure {
            throw failure
        } catch {
            throw .serialization("Start of structure or map found where not expected.")
        }
    }
}
