/// A provider that can tell what it is waiting for, for the message when it takes too long.
package protocol ProgressReporting: CredentialProvider {
    /// The source that is being asked; nil where none is.
    var sourceInProgress: String? { get }
}
