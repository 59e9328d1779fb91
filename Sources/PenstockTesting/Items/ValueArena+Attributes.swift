import Penstock
import PenstockDynamoDB

extension ValueArena {
    /// The tokens of the type's name and of the content of the attribute value at an index.
    func attributeType(at index: Int) throws(ServiceFailure) -> (type: Int, value: Int) {
        guard self[index].kind == .map else { throw .serialization() }
        guard self[index].count > 0 else {
            throw .validation(
                "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes"
            )
        }
        guard self[index].count == 1, self[index].span == self[index + 2].span + 2 else {
            throw .validation(
                "Supplied AttributeValue has more than one datatypes set, "
                    + "must contain exactly one of the supported datatypes")
        }
        guard Self.isType(self[self[index + 1].range]) else {
            throw .validation(
                "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes"
            )
        }
        return (index + 1, index + 2)
    }

    private static func isType(_ name: UnsafeRawBufferPointer) -> Bool {
        switch name.count {
        case 1:
            switch name[0] {
            case UInt8(ascii: "S"), UInt8(ascii: "N"), UInt8(ascii: "B"), UInt8(ascii: "M"),
                UInt8(ascii: "L"):
                true
            default: false
            }
        case 2:
            name[1] == UInt8(ascii: "S")
                && (name[0] == UInt8(ascii: "S") || name[0] == UInt8(ascii: "N")
                    || name[0] == UInt8(ascii: "B"))
        case 4: name.elementsEqual("BOOL".utf8) || name.elementsEqual("NULL".utf8)
        default: false
        }
    }

    /// The key attribute in the attribute value at an index; `nil` where its type is another.
    func keyValue(at index: Int, _ type: ScalarType) throws(ServiceFailure) -> KeyValue? {
        let (name, value) = try attributeType(at: index)
        let letter = self[self[name].range]
        guard letter.count == 1, letter[0] == type.tag else { return nil }
        guard self[value].kind == .string else { throw .serialization() }
        let text = self[self[value].range]
        switch type {
        case .string: return KeyValue(form: [type.tag] + text)
        case .binary: return KeyValue(form: try [type.tag] + Base64Rule.decode(text))
        case .number:
            _ = try NumberRule.size(of: text)
            guard let form = SortableNumber.form(of: text) else { return nil }
            return KeyValue(form: [type.tag] + form)
        }
    }
}
