import Glibc

/// Space and the control characters 9 to 13.
@inline(__always)
func isSpace(_ byte: UInt8) -> Bool {
    byte == 32 || (byte >= 9 && byte <= 13)
}

/// Whether no token goes on here.
@inline(__always)
func isTokenEnd(_ text: UnsafeRawBufferPointer, _ place: Int) -> Bool {
    place == text.count || isSpace(text[place])
}

/// Where the token ends that goes on here, or this place.
@inline(__always)
func tokenEnd(_ text: UnsafeRawBufferPointer, _ place: Int) -> Int {
    var end = place
    while end < text.count, !isSpace(text[end]) { end += 1 }
    return end
}

/// Where the white space ends that goes on here, or this place.
@inline(__always)
func spaceEnd(_ text: UnsafeRawBufferPointer, _ place: Int) -> Int {
    var end = place
    while end < text.count, isSpace(text[end]) { end += 1 }
    return end
}

/// Where the token begins of which the byte before this place is one, not before `limit`.
@inline(__always)
func tokenStart(_ text: UnsafeRawBufferPointer, _ place: Int, from limit: Int) -> Int {
    var start = place
    while start > limit, !isSpace(text[start - 1]) { start -= 1 }
    return start
}

/// Where the white space begins of which the byte before this place is one, not before `limit`.
@inline(__always)
func spaceStart(_ text: UnsafeRawBufferPointer, _ place: Int, from limit: Int) -> Int {
    var start = place
    while start > limit, isSpace(text[start - 1]) { start -= 1 }
    return start
}

func isEqual(_ left: Bytes, _ right: Bytes) -> Bool {
    guard left.count == right.count else { return false }
    guard let leftBase = UnsafeRawBufferPointer(rebasing: left).baseAddress,
        let rightBase = UnsafeRawBufferPointer(rebasing: right).baseAddress
    else { return true }
    return memcmp(leftBase, rightBase, left.count) == 0
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
    // Not in the middle of a character: at most three bytes belong to a begun one.
    if token.count > limit, String(validating: kept, as: UTF8.self) == nil {
        let start = kept.lastIndex { $0 & 0xC0 != 0x80 } ?? 0
        if start > limit - 4, kept[start] >= 0xC0 { kept.removeSubrange(start...) }
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
