/// The values of problem.yaml's `constants`, which replace `{{name}}` in included code, example
/// submissions, validators and `test_group.yaml`.
package struct Constants: Sendable, Equatable {
    private var values: [[UInt8]: [UInt8]] = [:]

    package init() {}

    package var isEmpty: Bool { values.isEmpty }

    /// `[a-zA-Z_][a-zA-Z0-9_]*`.
    static func isName(_ name: String) -> Bool {
        guard let first = name.utf8.first, !(48...57).contains(first) else { return false }
        return name.utf8.allSatisfy(isWord)
    }

    mutating func define(_ name: String, as value: String) {
        values[Array(name.utf8)] = Array(value.utf8)
    }

    /// With every `{{name}}` of a known name replaced; others stay as they are. What is put in is
    /// not looked at again. Bytes, in one pass.
    ///
    /// - Returns: nil when the result has more than `limit` bytes.
    package func applied(to text: [UInt8], atMost limit: Int) -> [UInt8]? {
        let brace = UInt8(ascii: "{")
        guard !values.isEmpty, text.contains(brace) else {
            return text.count <= limit ? text : nil
        }
        var result: [UInt8] = []
        result.reserveCapacity(min(text.count, limit))
        var index = 0
        while index < text.count {
            guard result.count <= limit else { return nil }
            if text[index] == brace, let (name, end) = Self.tag(in: text, at: index),
                let value = values[name]
            {
                result += value
                index = end
            } else {
                result.append(text[index])
                index += 1
            }
        }
        return result.count <= limit ? result : nil
    }

    /// The name between double braces at `start`, and where the tag ends.
    private static func tag(in text: [UInt8], at start: Int) -> (name: [UInt8], end: Int)? {
        let (open, close) = (UInt8(ascii: "{"), UInt8(ascii: "}"))
        guard start + 1 < text.count, text[start + 1] == open else { return nil }
        var end = start + 2
        // No longer name is defined, so that a text of braces costs no more than its length.
        while end < text.count, end - start < 258, isWord(text[end]) { end += 1 }
        guard end > start + 2, end + 1 < text.count, text[end] == close, text[end + 1] == close
        else { return nil }
        return (Array(text[start + 2..<end]), end + 2)
    }
}

private func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 65...90, 97...122, 95: true
    default: false
    }
}
