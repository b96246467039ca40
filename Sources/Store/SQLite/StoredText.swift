import Units

extension String {
    /// The text as it is stored: at most `limit` bytes of UTF-8 with the mark of a cut at its end,
    /// and without NUL, at which SQLite would end it.
    func stored(_ limit: ByteCount) -> String {
        let mark = "\n[cut at \(limit)]"
        let kept: Substring
        if Int64(utf8.count) <= limit.bytes {
            kept = self[...]
        } else {
            // A whole character before the limit: cutting within one would make the text longer.
            var end = utf8.index(startIndex, offsetBy: Int(limit.bytes) - mark.utf8.count)
            while end > startIndex, !isScalarBoundary(end) { end = utf8.index(before: end) }
            kept = self[..<end] + mark
        }
        guard kept.unicodeScalars.contains("\0") else { return String(kept) }
        return String(
            String.UnicodeScalarView(kept.unicodeScalars.map { $0 == "\0" ? "\u{FFFD}" : $0 }))
    }

    private func isScalarBoundary(_ index: Index) -> Bool {
        index == endIndex || utf8[index] & 0b1100_0000 != 0b1000_0000
    }
}
