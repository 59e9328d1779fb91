extension Value {
    /// Makes a value by hand.
    ///
    /// - Parameter build: Writes exactly one value.
    /// - Returns: What was written.
    public static func build(_ build: (inout ValueBuilder) -> Void) -> Value {
        var builder = ValueBuilder()
        build(&builder)
        return builder.finish()
    }

    /// Null.
    ///
    /// There is no nil literal for it: where a `Value?` is wanted, `flag ? value : nil` would
    /// become this null and not the absence of a value.
    public static var null: Value { build { $0.null() } }
}

extension Value: ExpressibleByBooleanLiteral {
    /// A boolean.
    public init(booleanLiteral value: Bool) { self = .build { $0.boolean(value) } }
}

extension Value: ExpressibleByIntegerLiteral {
    /// An int64.
    public init(integerLiteral value: Int64) { self = .build { $0.int64(value) } }
}

extension Value: ExpressibleByFloatLiteral {
    /// A float64.
    public init(floatLiteral value: Double) { self = .build { $0.float64(value) } }
}

extension Value: ExpressibleByStringLiteral {
    /// A string.
    public init(stringLiteral value: String) { self = .build { $0.string(value) } }
}

extension Value: ExpressibleByArrayLiteral {
    /// An array.
    public init(arrayLiteral elements: Value...) {
        self = .build { builder in
            builder.beginArray()
            for element in elements { builder.value(element) }
            builder.end()
        }
    }
}

extension Value: ExpressibleByDictionaryLiteral {
    /// A map under string keys; of equal keys the last counts.
    public init(dictionaryLiteral elements: (String, Value)...) {
        self = .build { builder in
            builder.beginMap()
            for (key, element) in elements {
                builder.key(key)
                builder.value(element)
            }
            builder.end()
        }
    }
}
