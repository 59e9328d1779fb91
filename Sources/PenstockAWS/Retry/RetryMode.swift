/// How a client behaves after errors that heal by themselves, and after throttling.
public enum RetryMode: String, Sendable, Hashable {
    /// Tries again after random delays that grow, as long as the client's bucket pays for it.
    case standard
    /// The same, and from the first throttling on the client also limits the rate at which it sends.
    ///
    /// Requests then wait for their turn before they are sent: each as long as those ahead of it take
    /// at that rate, which is never below one request in two seconds. Nothing else bounds the wait;
    /// whoever wants less sends fewer at once or cancels the task. For a client that talks to one
    /// table: the throttling of one slows the requests to all.
    case adaptive
}
