import Penstock
import Testing

@Suite struct NearestNameTests {
    @Test(arguments: [
        ("topcis", "topics"), ("aws.dynamodb.pk.hsah", "aws.dynamodb.pk.hash"),
        ("TOPICS", "topics"), ("tasks.maximum", "tasks.max"), ("nmae", "name"),
    ]) func `a slip finds the name that was meant`(_ slip: String, _ meant: String) {
        let known = ["topics", "topics.regex", "tasks.max", "name", "aws.dynamodb.pk.hash"]
        #expect(nearestName(to: slip, among: known) == meant)
    }

    @Test(arguments: ["zebra", "x", "", "consumer.group"])
    func `what is far from everything finds nothing`(_ name: String) {
        #expect(nearestName(to: name, among: ["topics", "name", "tasks.max"]) == nil)
    }

    @Test func `exchanged neighbours are one edit`() {
        #expect(nearestName(to: "ba", among: ["ab"]) == "ab")
        #expect(nearestName(to: "bxa", among: ["axb"]) == nil)
    }

    @Test func `of equals the first in order wins`() {
        #expect(nearestName(to: "cat", among: ["hat", "bat"]) == "bat")
    }

    @Test func `a hostile name costs nothing`() {
        let long = String(repeating: "a", count: 1_000_000)
        #expect(nearestName(to: long, among: [long + "b"]) == nil)
    }
}
