/// The package format's default output validator, in process.
///
/// Bytes, never characters. Both texts are tokens between runs of white space (space and the
/// control characters 9 to 13); the tokens must be equal in number and pairwise equal, as the flags
/// say. One pass, linear in the lengths, nothing allocated but for numbers that need exact
/// arithmetic and for the message.
package struct DefaultChecker: Sendable {
    package let flags: ValidatorFlags

    package init(_ flags: ValidatorFlags) {
        self.flags = flags
    }

    /// Compares what a program wrote with the answer file's content.
    package func compare(
        output: UnsafeRawBufferPointer, answer: UnsafeRawBufferPointer
    ) -> CheckerAnswer {
        if isEqual(output, answer) { return .accepted }
        var mine = TokenReader(output)
        var theirs = TokenReader(answer)
        var count = 0
        while true {
            let space = mine.skipSpace()
            let expectedSpace = theirs.skipSpace()
            let token = mine.readToken()
            let expected = theirs.readToken()
            count += 1
            if flags.spaceChangeSensitive, !isEqual(output[space], answer[expectedSpace]) {
                return rejected(output, at: space.lowerBound, "white space differs")
            }
            if expected.isEmpty {
                if token.isEmpty { return .accepted }
                return rejected(
                    output, at: token.lowerBound,
                    "token \(count): got \(shown(output[token])), expected the end")
            }
            if token.isEmpty {
                return rejected(
                    output, at: token.lowerBound,
                    "token \(count): the output ends, expected \(shown(answer[expected]))")
            }
            if let difference = difference(output[token], answer[expected]) {
                return rejected(
                    output, at: token.lowerBound, "token \(count): \(difference)")
            }
        }
    }

    /// What differs between two tokens; nil when the flags let them pass for equal.
    private func difference(_ token: Bytes, _ expected: Bytes) -> String? {
        if isEqual(token, expected) { return nil }
        if flags.comparesNumbers, let number = DecimalNumber(expected) {
            guard let value = DecimalNumber(token) else {
                return "got \(shown(token)), expected a number near \(shown(expected))"
            }
            if flags.absolute?.admits(value, near: number) == true { return nil }
            if flags.relative?.admits(value, nearInProportionTo: number) == true { return nil }
            return "got \(shown(token)), expected \(shown(expected)), more than the tolerance apart"
        }
        if !flags.caseSensitive, isEqualIgnoringCase(token, expected) { return nil }
        return "got \(shown(token)), expected \(shown(expected))"
    }

    private func rejected(
        _ output: UnsafeRawBufferPointer, at offset: Int, _ what: String
    ) -> CheckerAnswer {
        let before = output[..<offset]
        let line = before.reduce(into: 1) { $0 += $1 == UInt8(ascii: "\n") ? 1 : 0 }
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return .rejected("line \(line), column \(offset - lineStart + 1), \(what)")
    }
}

typealias Bytes = Slice<UnsafeRawBufferPointer>

/// Walks over a text, white space and tokens by turns.
private struct TokenReader {
    private let text: UnsafeRawBufferPointer
    private var position = 0

    init(_ text: UnsafeRawBufferPointer) {
        self.text = text
    }

    /// The white space from here on, perhaps none.
    mutating func skipSpace() -> Range<Int> {
        let start = position
        while position < text.count, isSpace(text[position]) { position += 1 }
        return start..<position
    }

    /// The token from here on, empty at the end.
    mutating func readToken() -> Range<Int> {
        let start = position
        while position < text.count, !isSpace(text[position]) { position += 1 }
        return start..<position
    }

    private func isSpace(_ byte: UInt8) -> Bool {
        byte == 32 || (byte >= 9 && byte <= 13)
    }
}
