import Penstock
import PenstockAWS
import Testing

@Suite("Standard retries")
struct RetryStateTests {
    @Test("delays double from 25 ms, times the random number, for four attempts")
    func transient() {
        var bucket = RetryBucket(capacity: 500)
        var state = RetryState(RetryOptions())
        let delays = [25, 50, 100].map { Duration.milliseconds($0) / 2 }
        for delay in delays {
            #expect(state.failed(.retriable, bucket: &bucket, random: 0.5) == .retry(after: delay))
        }
        #expect(
            state.failed(.retriable, bucket: &bucket, random: 0.5) == .giveUp(.attemptsExhausted))
        #expect(bucket.available == 500 - 3 * 14)
    }

    @Test("throttling begins at one second and ends at the cap")
    func throttling() {
        var options = RetryOptions()
        options.maxAttempts = 100
        var bucket = RetryBucket(capacity: 500)
        var state = RetryState(options)
        for seconds in [1, 2, 4, 8, 16, 20, 20] {
            #expect(
                state.failed(.throttled, bucket: &bucket, random: 1)
                    == .retry(after: .seconds(seconds)))
        }
        for _ in 0..<60 {
            #expect(
                state.failed(.throttled, bucket: &bucket, random: 1)
                    == .retry(after: .seconds(20)))
        }
        #expect(bucket.available == 500 - 67 * 5)
    }

    @Test("an empty bucket ends retrying, and success refills it")
    func bucket() {
        var bucket = RetryBucket(capacity: 28)
        for _ in 0..<2 {
            var state = RetryState(RetryOptions())
            #expect(state.failed(.retriable, bucket: &bucket, random: 0) == .retry(after: .zero))
        }
        var refused = RetryState(RetryOptions())
        #expect(
            refused.failed(.retriable, bucket: &bucket, random: 0) == .giveUp(.bucketEmpty))
        #expect(bucket.available == 0)
        RetryState(RetryOptions()).succeeded(bucket: &bucket)
        #expect(bucket.available == 1)
        for _ in 0..<100 { RetryState(RetryOptions()).succeeded(bucket: &bucket) }
        #expect(bucket.available == 28)
        var retried = RetryState(RetryOptions())
        _ = retried.failed(.throttled, bucket: &bucket, random: 0)
        #expect(bucket.available == 23)
        retried.succeeded(bucket: &bucket)
        #expect(bucket.available == 28)
    }

    @Test("data and fatal errors are thrown at once", arguments: [ErrorKind.data, .fatal])
    func notRetriable(kind: ErrorKind) {
        var bucket = RetryBucket(capacity: 500)
        var state = RetryState(RetryOptions())
        #expect(state.failed(kind, bucket: &bucket, random: 0) == .giveUp(.notRetriable))
        #expect(bucket.available == 500)
    }

    @Test("a single attempt is one attempt")
    func singleAttempt() {
        var bucket = RetryBucket(capacity: 500)
        var state = RetryState(.singleAttempt)
        #expect(
            state.failed(.retriable, bucket: &bucket, random: 0) == .giveUp(.attemptsExhausted))
        #expect(bucket.available == 500)
    }

    @Test(
        "the service's own delay lengthens by five seconds at most",
        arguments: [
            (-1, 10), (0, 10), (5, 10), (15, 15), (4000, 4000), (5010, 5010), (60000, 5010),
        ]
    )
    func serverDelay(asked: Int, expected: Int) {
        var options = RetryOptions()
        options.transientDelay = .milliseconds(10)
        var bucket = RetryBucket(capacity: 500)
        var state = RetryState(options)
        #expect(
            state.failed(
                .retriable, serverDelay: .milliseconds(asked), bucket: &bucket, random: 1)
                == .retry(after: .milliseconds(expected)))
    }
}
