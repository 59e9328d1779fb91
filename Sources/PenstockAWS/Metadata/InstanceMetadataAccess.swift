/// How EC2's metadata service may be asked: what the request for a token has led to.
enum InstanceMetadataAccess {
    /// With a token.
    case token(InstanceMetadataToken)
    /// By the first version, without a token, since one was refused.
    case version1
    /// By the first version, since the request for a token was taken and not answered in time.
    case version1Unanswered
}
