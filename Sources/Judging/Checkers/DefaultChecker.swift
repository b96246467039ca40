/// The package format's default output validator, in process.
///
/// Bytes, never characters. Both texts are tokens between runs of white space (space and the
/// control characters 9 to 13); the tokens must be equal in number and pairwise equal, as the flags
/// say. One pass, linear in the lengths, nothing allocated but for numbers that need exact
/// arithmetic and for the message.
///
/// What is equal byte for byte is passed over as fast as memory gives it, wherever it lies: only
/// where the texts differ is it asked whether that is white space or which tokens these are.
package struct DefaultChecker: Sendable {
    package let flags: ValidatorFlags
    // What is asked at each token, without a look into the flags.
    private let ignoresCase: Bool
    private let tolerances: RoughTolerances

    package init(_ flags: ValidatorFlags) {
        self.flags = flags
        ignoresCase = !flags.caseSensitive
        tolerances = RoughTolerances(flags)
    }

    /// Compares what a program wrote with the answer file's content.
    package func compare(
        output: UnsafeRawBufferPointer, answer: UnsafeRawBufferPointer
    ) -> CheckerAnswer {
        let texts = TextPair(output: output, answer: answer)
        return flags.spaceChangeSensitive ? compareWithSpace(texts) : compareTokens(texts)
    }

    /// White space only divides tokens.
    ///
    /// Whenever a turn begins, `here` and `there` are at the beginning of a pair of tokens, or both
    /// at the end of one.
    private func compareTokens(_ texts: TextPair) -> CheckerAnswer {
        let (output, answer) = (texts.output, texts.answer)
        var (here, there) = (0, 0)
        while true {
            let common = texts.common(here, there, ignoringCase: ignoresCase)
            let (place, other) = (here + common, there + common)
            if place == output.count, other == answer.count { return .accepted }
            let (space, otherSpace) = (spaceEnd(output, place), spaceEnd(answer, other))
            // A token that is the same in both ends here, or both are between two tokens.
            let bothEnd = isTokenEnd(output, place) && isTokenEnd(answer, other)
            let oneSpace = space > place || otherSpace > other
            if bothEnd || (oneSpace && tokenStart(output, place, from: here) == place) {
                (here, there) = (space, otherSpace)
                continue
            }
            let begun = place - tokenStart(output, place, from: here)
            let token = place - begun..<tokenEnd(output, place)
            let expected = other - begun..<tokenEnd(answer, other)
            if let answer = rejection(texts, token, expected) { return answer }
            (here, there) = (token.upperBound, expected.upperBound)
        }
    }

    /// White space is compared, too: each run of it byte for byte.
    private func compareWithSpace(_ texts: TextPair) -> CheckerAnswer {
        let (output, answer) = (texts.output, texts.answer)
        let start = tokenStart(output, texts.common(0, 0, ignoringCase: false), from: 0)
        var (here, there) = (start, start)
        while true {
            let common = texts.common(here, there, ignoringCase: ignoresCase)
            let token = tokenStart(output, here + common, from: here)
            let skipped = spaceStart(output, token, from: here) - here
            let space = here + skipped..<spaceEnd(output, here + skipped)
            let expectedSpace = there + skipped..<spaceEnd(answer, there + skipped)
            if !isEqual(output[space], answer[expectedSpace]) {
                return rejected(output, at: space.lowerBound, "white space differs")
            }
            here = tokenEnd(output, space.upperBound)
            there = tokenEnd(answer, expectedSpace.upperBound)
            let (mine, theirs) = (space.upperBound..<here, expectedSpace.upperBound..<there)
            if mine.isEmpty, theirs.isEmpty { return .accepted }
            if let answer = rejection(texts, mine, theirs) { return answer }
        }
    }

    /// What is said of two tokens that may not pass for equal; one of them may be missing.
    private func rejection(
        _ texts: TextPair, _ token: Range<Int>, _ expected: Range<Int>
    ) -> CheckerAnswer? {
        let (output, answer) = (texts.output, texts.answer)
        let what: String
        if expected.isEmpty {
            what = "got \(shown(output[token])), expected the end"
        } else if token.isEmpty {
            what = "the output ends, expected \(shown(answer[expected]))"
        } else if let difference = difference(output[token], answer[expected]) {
            what = difference
        } else {
            return nil
        }
        return rejected(output, at: token.lowerBound, what)
    }

    /// What differs between two tokens; nil when the flags let them pass for equal.
    private func difference(_ token: Bytes, _ expected: Bytes) -> String? {
        if isEqual(token, expected) { return nil }
        if tolerances.areStated, let number = DecimalNumber(expected) {
            guard let value = DecimalNumber(token) else {
                return "got \(shown(token)), expected a number near \(shown(expected))"
            }
            if isNear(value, number) { return nil }
            return "got \(shown(token)), expected \(shown(expected)), more than the tolerance apart"
        }
        if ignoresCase, isEqualIgnoringCase(token, expected) { return nil }
        return "got \(shown(token)), expected \(shown(expected))"
    }

    private func isNear(_ value: DecimalNumber, _ number: DecimalNumber) -> Bool {
        if let certain = tolerances.admit(value, near: number) { return certain }
        return flags.absolute?.admits(value, near: number) == true
            || flags.relative?.admits(value, nearInProportionTo: number) == true
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
