import Testing

@testable import PenstockDynamoDB

@Suite("Replies to batches")
struct BatchReplyTests {
    @Test(
        "a batch is complete where nothing is left unprocessed",
        arguments: [
            (#"{"UnprocessedItems":{}}"#, true), (#"{ "UnprocessedItems" : { } }"#, true),
            ("{}", true), (#"{"ConsumedCapacity":[],"UnprocessedItems":{}}"#, true),
            (#"{"UnprocessedItems":{"t":[{"DeleteRequest":{"Key":{"a":{"S":"b"}}}}]}}"#, false),
            (
                #"{"ItemCollectionMetrics":{"t":[{"UnprocessedItems":{}}]},"#
                    + #""UnprocessedItems":{"t":[]}}"#, false
            ), ("", false), ("{", false),
            (#"{"ConsumedCapacity":[]}"#, true), (#"{"message":"hello from a proxy"}"#, false),
            (#"{"UnprocessedItems":null}"#, false), (#"{"UnprocessedItems":[]}"#, false),
            ("null", false), ("[]", false), (#""ok""#, false),
        ])
    func complete(body: String, expected: Bool) {
        #expect(BatchWriter.isComplete(Array(body.utf8)) == expected)
    }
}
