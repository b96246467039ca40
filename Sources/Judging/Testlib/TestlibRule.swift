import JudgeCore
package import SandboxProtocol
package import Units

/// What the run of a testlib checker or interactor says: facts in, opinion out.
///
/// The exit code decides. Only a partial result needs the text: `_pc(n)` exits with n, which may be
/// the code of any other outcome, and `_points` gives its number there.
package enum TestlibRule {
    /// - Parameters:
    ///   - program: for messages: `the checker files/check.cpp`.
    ///   - isOwnProgram: whether what could not be executed came with the package; an interpreter of
    ///     the host that cannot be executed is the machine's fault.
    ///   - limits: what it may use.
    ///   - stderr: all that it wrote there.
    ///   - points: what the test gives at most; nil where the package states nothing.
    ///   - isScoring: whether the problem gives points at all.
    ///   - kept: of its message.
    /// - Throws: `machine` when the run could not be set up.
    package static func opinion(
        _ report: RunReport, of program: String, isOwnProgram: Bool, limits: RunLimits,
        stderr: [UInt8], points: Double?, isScoring: Bool, kept: ByteCount
    ) throws(JudgingError) -> Opinion {
        let words = checkerText(stderr, atMost: kept)
        func failed(_ why: String) -> Opinion {
            let text = "\(program) \(why)"
            return Opinion(
                .failed(Reason(.checkerCrashed, text)),
                message: words.isEmpty ? text : text + "\n" + words)
        }
        if let why = try programFailure(report, isOwnProgram: isOwnProgram, limits: limits) {
            return failed(why)
        }
        let code = report.exitCode ?? -1
        let said = TestlibMessage(stderr)
        if case .partial(let share) = said, share == code {
            return partial(Int(share), words: words, isScoring: isScoring, failed: failed)
        }
        switch code {
        case 0: return Opinion(.accepted, message: words)
        case 1: return rejected(words, "wrong answer")
        case 2, 4, 8: return rejected(words, "wrong output format")
        case 3: return failed("says that the package is broken (exit code 3)")
        case 7: return scored(said, words: words, points: points, isScoring, failed)
        default: return failed("exited with code \(code), which testlib does not have")
        }
    }

    private static func rejected(
        _ words: String, _ name: String, given: GivenScore = .none
    ) -> Opinion {
        let line = words.split(whereSeparator: \.isNewline).first.map(String.init) ?? name
        let cut = line.count <= 200 ? line : line.prefix(197) + "..."
        return Opinion(.rejected(cut), message: words, given: given)
    }

    /// A share of the test's points, in per cent.
    private static func partial(
        _ share: Int, words: String, isScoring: Bool, failed: (String) -> Opinion
    ) -> Opinion {
        guard share <= 100 else { return failed("gives \(share) per cent of the points") }
        guard share < 100 else { return Opinion(.accepted, message: words) }
        return rejected(
            words, "partially correct",
            given: isScoring ? .multiplier(Double(share) / 100) : .none)
    }

    /// Points for this test; accepted are all that it has.
    private static func scored(
        _ said: TestlibMessage, words: String, points: Double?, _ isScoring: Bool,
        _ failed: (String) -> Opinion
    ) -> Opinion {
        guard case .points(let given) = said else {
            return failed("exited with code 7, but gives no number of points")
        }
        guard given.isFinite, (0...1_000_000).contains(given) else {
            return failed("gives \(given) points, which is not from 0 to 1000000")
        }
        guard isScoring else { return rejected(words, "points") }
        if let points, given == points {
            return Opinion(.accepted, message: words, given: .points(given))
        }
        return rejected(words, "points", given: .points(given))
    }
}

/// The verdict line of a testlib program: the first line that begins with one of testlib's words.
/// What a checker printed before it, and what a submission got it to quote after, is none.
enum TestlibMessage: Equatable {
    /// `partially correct (n)`, the n of `_pc(n)`.
    case partial(Int32)
    /// `points p`.
    case points(Double)
    /// Any other.
    case other

    private static let words = [
        "ok", "wrong answer", "wrong output format", "FAIL", "points", "partially correct",
        "unexpected eof",
    ]

    init(_ stderr: [UInt8]) {
        self = .other
        for line in stderr.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true) {
            let text = String(decoding: line.prefix(256), as: UTF8.self)
            guard let word = Self.words.first(where: { Self.begins(text, with: $0) }) else {
                continue
            }
            let rest = text.dropFirst(word.count).split(whereSeparator: \.isWhitespace).first ?? ""
            if word == "points", let number = Double(rest) {
                self = .points(number)
            } else if word == "partially correct", rest.first == "(", rest.last == ")",
                let share = Int32(rest.dropFirst().dropLast()), share >= 0
            {
                self = .partial(share)
            }
            return
        }
    }

    private static func begins(_ text: String, with word: String) -> Bool {
        text.hasPrefix(word)
            && (text.count == word.count || text.dropFirst(word.count).first?.isWhitespace == true)
    }
}
