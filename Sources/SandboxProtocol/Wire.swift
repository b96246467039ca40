/// A packet that is not what the protocol says: cut short, too long, or with a value out of range.
package struct WireError: Error, Equatable, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}

/// Writes values one after another, little-endian, texts and lists behind their length.
package struct WireWriter {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    package mutating func write<Value: FixedWidthInteger>(_ value: Value) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    package mutating func write(_ value: Bool) {
        bytes.append(value ? 1 : 0)
    }

    package mutating func write(_ text: String) {
        write(UInt32(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    package mutating func write(_ texts: [String]) {
        write(UInt32(texts.count))
        for text in texts { write(text) }
    }

    package mutating func write<Value: FixedWidthInteger>(_ value: Value?) {
        write(value != nil)
        write(value ?? 0)
    }

    package mutating func write(_ text: String?) {
        write(text != nil)
        write(text ?? "")
    }
}

/// Reads what `WireWriter` wrote; never beyond the packet, never more than it holds.
package struct WireReader {
    private let bytes: [UInt8]
    private var position = 0

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// - Throws: when bytes are left over.
    package func finish() throws(WireError) {
        guard position == bytes.count else {
            throw WireError("\(bytes.count - position) bytes too many in a packet")
        }
    }

    package mutating func read<Value: FixedWidthInteger>(
        _ type: Value.Type
    ) throws(WireError) -> Value {
        let size = MemoryLayout<Value>.size
        guard bytes.count - position >= size else { throw WireError("a packet ends too early") }
        var value: Value = 0
        for offset in (0..<size).reversed() {
            value = size == 1 ? 0 : value << 8
            value |= Value(truncatingIfNeeded: bytes[position + offset])
        }
        position += size
        return value
    }

    package mutating func read(_: Bool.Type) throws(WireError) -> Bool {
        switch try read(UInt8.self) {
        case 0: return false
        case 1: return true
        default: throw WireError("a truth value is neither 0 nor 1")
        }
    }

    /// A text without NUL, in valid UTF-8.
    package mutating func read(_: String.Type) throws(WireError) -> String {
        let count = Int(try read(UInt32.self))
        guard bytes.count - position >= count else { throw WireError("a packet ends too early") }
        let slice = bytes[position..<position + count]
        position += count
        guard !slice.contains(0), let text = String(validating: slice, as: UTF8.self) else {
            throw WireError("a text is not valid UTF-8 or has a NUL")
        }
        return text
    }

    package mutating func read(_: [String].Type) throws(WireError) -> [String] {
        let count = Int(try read(UInt32.self))
        // Each text takes four bytes at least, so a false count cannot make a large list.
        guard count <= (bytes.count - position) / 4 else {
            throw WireError("a list is longer than its packet")
        }
        var texts: [String] = []
        for _ in 0..<count { texts.append(try read(String.self)) }
        return texts
    }

    package mutating func read<Value: FixedWidthInteger>(
        optional type: Value.Type
    ) throws(WireError) -> Value? {
        let present = try read(Bool.self)
        let value = try read(type)
        return present ? value : nil
    }

    package mutating func read(optional _: String.Type) throws(WireError) -> String? {
        let present = try read(Bool.self)
        let text = try read(String.self)
        return present ? text : nil
    }
}
