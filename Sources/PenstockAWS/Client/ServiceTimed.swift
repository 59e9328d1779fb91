/// A provider whose credentials come from a service that tells the time.
///
/// Whoever keeps them judges their end by the same clock: a machine whose own clock is hours ahead
/// would take them for ended as soon as they came.
package protocol ServiceTimed: CredentialProvider {
    /// The clock that the provider puts right; nil where it asks no service.
    var serviceClock: ServiceClock? { get }
}
