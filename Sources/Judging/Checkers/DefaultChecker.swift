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
        let start = commonTokens(output, answer)
        var mine = TokenReader(output, from: start)
        var theirs = TokenReader(answer, from: start)
        while true {
            let space = mine.skipSpace()
            let expectedSpace = theirs.skipSpace()
            let token = mine.readToken()
            let expected = theirs.readToken()
            if flags.spaceChangeSensitive, !isEqual(output[space], answer[expectedSpace]) {
                return rejected(output, at: space.lowerBound, "white space differs")
            }
            if expected.isEmpty {
                if token.isEmpty { return .accepted }
                return rejected(
                    output, at: token.lowerBound, "got \(shown(output[token])), expected the end")
            }
            if token.isEmpty {
                return rejected(
                    output, at: token.lowerBound,
                    "the output ends, expected \(shown(answer[expected]))")
            }
            if let difference = difference(output[token], answer[expected]) {
                return rejected(output, at: token.lowerBound, difference)
            }
        }
    }

    /// Where to begin: both texts are equal byte for byte before, and no token straddles it.
    private func commonTokens(
        _ output: UnsafeRawBufferPointer, _ answer: UnsafeRawBufferPointer
    ) -> Int {
        var position = commonPrefix(output, answer)
        while position > 0, !isSpace(output[position - 1]) { position -= 1 }
        return position
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

    /// Counts lines, columns and tokens only now, for the message.
    private func rejected(
        _ output: UnsafeRawBufferPointer, at offset: Int, _ what: String
    ) -> CheckerAnswer {
        var line = 1
        var column = 1
        var token = 1
        for index in 0..<offset {
            column += 1
            guard isSpace(output[index]) else { continue }
            if index > 0, !isSpace(output[index - 1]) { token += 1 }
            guard output[index] == UInt8(ascii: "\n") else { continue }
            line += 1
            column = 1
        }
        return .rejected("line \(line), column \(column), token \(token): \(what)")
    }
}

typealias Bytes = Slice<UnsafeRawBufferPointer>

/// Walks over a text, white space and tokens by turns.
private struct TokenReader {
    private let text: UnsafeRawBufferPointer
    private var position: Int

    init(_ text: UnsafeRawBufferPointer, from position: Int) {
        self.text = text
        self.position = position
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
}
