import Penstock

/// What a converter makes of bytes; nil for null.
func read(_ converter: any Converter, _ bytes: [UInt8]?) throws(ConversionError) -> Value? {
    var builder = ValueBuilder()
    try converter.read(bytes.map { RecordBytes($0) }, topic: "orders", into: &builder)
    // Not `?:`, in which nil would be a value that is null.
    if builder.isEmpty { return Optional.none }
    return builder.finish()
}

/// What a converter makes of text; nil for null.
func read(_ converter: any Converter, _ text: String) throws(ConversionError) -> Value? {
    try read(converter, Array(text.utf8))
}

/// What a header converter makes of bytes; nil for null.
func readHeader(_ converter: any HeaderConverter, _ bytes: [UInt8]?) throws(ConversionError)
    -> Value?
{
    var builder = ValueBuilder()
    try converter.read(
        bytes.map { RecordBytes($0) }, name: "trace", topic: "orders", into: &builder)
    if builder.isEmpty { return Optional.none }
    return builder.finish()
}
