import Units

/// Bytes as text of at most `limit` bytes: invalid UTF-8 replaced, and of what is longer the head
/// and the tail with a line between them that says how much is left out.
func keptText(_ bytes: [UInt8], atMost limit: ByteCount) -> String {
    let text = Array(String(decoding: bytes, as: UTF8.self).utf8)
    let room = Int(limit.bytes)
    guard text.count > room else { return String(decoding: text, as: UTF8.self) }
    let note = "\n[\(text.count - room) bytes left out]\n"
    let half = max(0, room - note.utf8.count) / 2
    var head = half
    while head > 0, isContinuation(text[head]) { head -= 1 }
    var tail = text.count - half
    while tail < text.count, isContinuation(text[tail]) { tail += 1 }
    return String(decoding: text[..<head], as: UTF8.self) + note
        + String(decoding: text[tail...], as: UTF8.self)
}

/// What a checker wrote, as text that is safe to show: cut like `keptText`, without control
/// characters but line ends and tabs, and without white space around it.
func checkerText(_ bytes: [UInt8], atMost limit: ByteCount) -> String {
    let isSpace = { (byte: UInt8) in byte == 32 || (9...13).contains(byte) }
    let trimmed = bytes.drop(while: isSpace)
    let end = trimmed.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? trimmed.startIndex
    let text = keptText(Array(trimmed[..<end]), atMost: limit)
    return String(
        String.UnicodeScalarView(
            text.unicodeScalars.map { scalar in
                let isControl = scalar.value < 32 || (127..<160).contains(scalar.value)
                return isControl && scalar != "\n" && scalar != "\t" ? "\u{FFFD}" : scalar
            }))
}

private func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
