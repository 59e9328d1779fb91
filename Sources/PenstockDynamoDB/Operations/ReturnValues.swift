/// Which attributes a write gives back.
public enum ReturnValues: String, Sendable {
    /// None.
    case none = "NONE"
    /// The whole item as it was before.
    case allOld = "ALL_OLD"
    /// The attributes that an update changed, as they were before.
    case updatedOld = "UPDATED_OLD"
    /// The whole item as it is after an update.
    case allNew = "ALL_NEW"
    /// The attributes that an update changed, as they are after it.
    case updatedNew = "UPDATED_NEW"
}
