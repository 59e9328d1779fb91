/// The converters of one worker: what turns the bytes of its records into values.
package struct RecordConverters {
    package let key: any Converter
    package let value: any Converter
    package let header: (any HeaderConverter)?

    package init(key: any Converter, value: any Converter, header: (any HeaderConverter)?) {
        self.key = key
        self.value = value
        self.header = header
    }
}
