import Judging
import Testing

/// The default validator's rules as slowly as they are said: texts taken apart into tokens, which are
/// asked about in pairs.
private struct SlowComparison {
    let flags: [String]

    private struct Token {
        var bytes: [UInt8]
        var place: Int
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }

    private static func tokens(_ text: [UInt8]) -> [Token] {
        var tokens: [Token] = []
        for (place, byte) in text.enumerated() where !isSpace(byte) {
            if place > 0, !isSpace(text[place - 1]), !tokens.isEmpty {
                tokens[tokens.count - 1].bytes.append(byte)
            } else {
                tokens.append(Token(bytes: [byte], place: place))
            }
        }
        return tokens
    }

    private static func lowered(_ bytes: [UInt8]) -> [UInt8] {
        bytes.map { (65...90).contains($0) ? $0 + 32 : $0 }
    }

    /// What is said of two tokens alone, without the place; nil when they may pass for equal.
    private func difference(_ token: [UInt8], _ expected: [UInt8]) throws -> String? {
        if token == expected { return nil }
        let isLowered = !token.isEmpty && Self.lowered(token) == Self.lowered(expected)
        if !flags.contains("case_sensitive"), isLowered { return nil }
        guard case .rejected(let text) = try DefaultCheckerTests.answer(token, expected, flags)
        else { return nil }
        return text.split(separator: ": ", maxSplits: 1).last.map(String.init)
    }

    private func rejected(_ output: [UInt8], at place: Int, _ what: String) -> CheckerAnswer {
        let before = output[..<place]
        let line = before.count { $0 == 10 } + 1
        let column = place - (before.lastIndex(of: 10).map { $0 + 1 } ?? 0) + 1
        let begun = Self.tokens(output).filter { $0.place + $0.bytes.count < place }.count
        return .rejected("line \(line), column \(column), token \(begun + 1): \(what)")
    }

    /// Without white space that counts.
    func compare(_ output: [UInt8], _ answer: [UInt8]) throws -> CheckerAnswer {
        let (mine, theirs) = (Self.tokens(output), Self.tokens(answer))
        for (token, expected) in zip(mine, theirs) {
            if let what = try difference(token.bytes, expected.bytes) {
                return rejected(output, at: token.place, what)
            }
        }
        if mine.count > theirs.count {
            let first = mine[theirs.count]
            return rejected(output, at: first.place, try difference(first.bytes, []) ?? "")
        }
        guard mine.count < theirs.count else { return .accepted }
        let missing = theirs[mine.count].bytes
        return rejected(output, at: output.count, try difference([], missing) ?? "")
    }

    /// Whether it is accepted where white space counts.
    func acceptsWithSpace(_ output: [UInt8], _ answer: [UInt8]) throws -> Bool {
        func spaces(_ text: [UInt8]) -> [[UInt8]] {
            var runs: [[UInt8]] = [[]]
            for (place, byte) in text.enumerated() {
                if Self.isSpace(byte) {
                    runs[runs.count - 1].append(byte)
                } else if place == 0 || Self.isSpace(text[place - 1]) {
                    runs.append([])
                }
            }
            return runs
        }
        return try spaces(output) == spaces(answer) && compare(output, answer) == .accepted
    }
}

/// The same texts for the same seed.
private struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

@Suite("The comparison as fast as memory")
struct ComparisonTests {
    private static let flags: [[String]] = [
        [], ["case_sensitive"], ["float_tolerance", "0.01"],
        ["float_absolute_tolerance", "0.1", "case_sensitive"],
        ["float_relative_tolerance", "1e-3"],
    ]

    private static let words = [
        "a", "A", "yes", "YES", "Yes", "@", "`", "[", "{", "\u{0}", "1", "1.0", "1.00001", "1.05",
        "1e0", "1E0", "-0", "0", "nan", "inf", "12345678", "123456789", "LongerThanEightBytes",
        "longerthaneightbytes", "å", "Å", "20000000000000000000000000000001",
    ]
    private static let spaces = [" ", "\n", "  ", "\r\n", " \n", "\t", "\u{B}", "\n\n\n"]

    /// Two texts that are alike for the most part, the second made of the first.
    private static func texts(_ random: inout SeededGenerator) -> ([UInt8], [UInt8]) {
        var (left, right) = ("", "")
        if Int.random(in: 0..<4, using: &random) == 0 { left += " " }
        // Often alike for longer than the pieces in which that is seen.
        let count = Int.random(in: 0...(Bool.random(using: &random) ? 6 : 120), using: &random)
        let change = [2, 10, 60].randomElement(using: &random) ?? 2
        for _ in 0..<count {
            func differs() -> Bool { Int.random(in: 0..<change, using: &random) == 0 }
            let word = words.randomElement(using: &random) ?? ""
            let space = spaces.randomElement(using: &random) ?? ""
            left += word + space
            if Int.random(in: 0..<200, using: &random) == 0 { continue }
            let other =
                switch Int.random(in: 0..<40, using: &random) {
                case 0: words.randomElement(using: &random) ?? ""
                case 1: word + "x"
                default: differs() ? word.uppercased() : word
                }
            right += other + (differs() ? spaces.randomElement(using: &random) ?? "" : space)
        }
        if Bool.random(using: &random) { right += "\n" }
        return (Array(left.utf8), Array(right.utf8))
    }

    @Test("It says of random texts what their tokens say one by one", arguments: 0..<8)
    func tokens(seed: UInt64) throws {
        var random = SeededGenerator(state: seed)
        var accepted = 0
        for _ in 0..<250 {
            let (output, answer) = Self.texts(&random)
            for flags in Self.flags {
                let found = try DefaultCheckerTests.answer(output, answer, flags)
                let slow = try SlowComparison(flags: flags).compare(output, answer)
                #expect(found == slow, "\(output) \(answer) \(flags)")
                if found == .accepted { accepted += 1 }
            }
        }
        // Both answers were among them, often.
        #expect((100...1_150).contains(accepted), "\(accepted)")
    }

    @Test("White space that counts is held to the same definition", arguments: 0..<8)
    func space(seed: UInt64) throws {
        var random = SeededGenerator(state: seed + 100)
        for _ in 0..<250 {
            let (output, answer) = Self.texts(&random)
            for flags in Self.flags {
                let all = flags + ["space_change_sensitive"]
                let slow = SlowComparison(flags: flags)
                let found = try DefaultCheckerTests.answer(output, answer, all)
                #expect(
                    try (found == .accepted) == slow.acceptsWithSpace(output, answer),
                    "\(output) \(answer) \(all)")
                #expect(try DefaultCheckerTests.answer(output, output, all) == .accepted)
            }
        }
    }

    @Test("A difference is seen wherever it lies in what is read at once")
    func places() throws {
        let text = Array(repeating: UInt8(ascii: "k"), count: 700)
        for place in text.indices {
            var (other, upper, broken) = (text, text, text)
            other[place] = UInt8(ascii: "x")
            upper[place] = UInt8(ascii: "K")
            broken[place] = UInt8(ascii: " ")
            #expect(try DefaultCheckerTests.answer(other, text) != .accepted)
            #expect(try DefaultCheckerTests.answer(broken, text) != .accepted)
            #expect(try DefaultCheckerTests.answer(upper, text) == .accepted)
            #expect(try DefaultCheckerTests.answer(upper, text, ["case_sensitive"]) != .accepted)
        }
        // Where all letters are of the other case.
        let large = Array(repeating: UInt8(ascii: "K"), count: text.count)
        #expect(try DefaultCheckerTests.answer(large, text) == .accepted)
        for place in text.indices {
            for (mine, theirs) in [("[", "{"), ("@", "`"), ("L", "k"), ("K", "\u{b}")] {
                var (output, answer) = (large, text)
                output[place] = Array(mine.utf8)[0]
                answer[place] = Array(theirs.utf8)[0]
                let found = try DefaultCheckerTests.answer(output, answer)
                #expect(found != .accepted, "\(mine) for \(theirs) at \(place)")
            }
        }
        // Every byte beside the one that differs from it in the bit that makes a letter's case.
        for byte in UInt8.min...UInt8.max where byte & 0xDF != 0 && !(9...13).contains(byte) {
            let isLetter = (97...122).contains(byte | 32)
            guard byte ^ 32 != 0, byte != 32, !(9...13).contains(byte ^ 32) else { continue }
            for count in [9, 300] {
                let pair = [byte, byte ^ 32].map { Array(repeating: $0, count: count) }
                let accepted = try DefaultCheckerTests.answer(pair[0], pair[1]) == .accepted
                #expect(accepted == isLetter, "\(count) times \(byte)")
            }
        }
    }
}
