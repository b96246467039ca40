import Glibc

func isEqual(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
    guard left.count == right.count else { return false }
    guard let leftBase = left.baseAddress, let rightBase = right.baseAddress else { return true }
    return memcmp(leftBase, rightBase, left.count) == 0
}

func isEqual(_ left: Bytes, _ right: Bytes) -> Bool {
    isEqual(
        UnsafeRawBufferPointer(rebasing: left), UnsafeRawBufferPointer(rebasing: right))
}

/// A to Z are equal to a to z; no other bytes are changed.
func isEqualIgnoringCase(_ left: Bytes, _ right: Bytes) -> Bool {
    guard left.count == right.count else { return false }
    func lowered(_ byte: UInt8) -> UInt8 { byte >= 65 && byte <= 90 ? byte + 32 : byte }
    return zip(left, right).allSatisfy { $0 == $1 || lowered($0) == lowered($1) }
}

/// A token in quotes for a message: printable ASCII and whole UTF-8 as they are, other bytes as
/// `\xNN`, cut after 40 bytes with the number of bytes left out.
func shown(_ token: Bytes) -> String {
    let limit = 40
    var kept = Array(token.prefix(limit))
    if token.count > limit {
        // Not in the middle of a character: at most three bytes belong to a begun one.
        let whole = kept.lastIndex { $0 & 0xC0 != 0x80 } ?? 0
        if whole > limit - 4, kept[whole] >= 0xC0 { kept.removeSubrange(whole...) }
    }
    let text = String(validating: kept, as: UTF8.self) ?? escaped(kept)
    let plain = text.unicodeScalars.allSatisfy { $0.value >= 32 && !(127...159).contains($0.value) }
    let left = token.count - kept.count
    return "\"\(plain ? text : escaped(kept))\"" + (left > 0 ? "... (\(left) bytes more)" : "")
}

private func escaped(_ bytes: [UInt8]) -> String {
    bytes.map { byte -> String in
        if byte >= 32 && byte < 127 { return String(UnicodeScalar(byte)) }
        let hex = String(byte, radix: 16)
        return "\\x" + (hex.utf8.count == 1 ? "0" : "") + hex
    }.joined()
}
