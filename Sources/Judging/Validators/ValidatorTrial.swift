import JudgeCore
import Problems
import Sandboxing
import Units

/// Asks a package's own output validators about outputs that no example gives, as hostile as those of
/// submissions may be: empty, huge, binary, and answers with something changed.
///
/// A validator must say yes or no to each. One that fails is the package's fault, found before a
/// contest and not in it.
struct ValidatorTrial: Sendable {
    /// What was found, one sentence each.
    struct Findings: Sendable, Equatable {
        var faults: [String] = []
        var warnings: [String] = []
    }

    /// Tests that are tried: the first, one in the middle, the last.
    private static let testLimit = 3
    /// One that hangs takes its whole time for each.
    private static let faultLimit = 3

    let problem: Problem
    let checker: any Checker

    func findings(on slot: any Slot) async throws(JudgingError) -> Findings {
        var findings = Findings()
        let kind = problem.kind
        let isOwn = problem.programs.outputValidators != nil || problem.programs.testlib != nil
        guard isOwn, !kind.isInteractive, !kind.isMultiPass
        else { return findings }
        try await checker.prepare(slot)
        for test in tests {
            for trial in try trials(of: test) {
                guard !Task.isCancelled else { throw .cancelled }
                guard findings.faults.count < Self.faultLimit else { return findings }
                let opinion = try await checker.check(trial.output, of: test, on: slot)
                take(opinion, trial, test, into: &findings)
            }
        }
        return findings
    }

    private var tests: [TestCase] {
        let tests = problem.tests.filter { !$0.isStaticValidation }
        guard tests.count > Self.testLimit else { return tests }
        return [tests[0], tests[tests.count / 2], tests[tests.count - 1]]
    }

    private func take(
        _ opinion: Opinion, _ trial: TrialOutput, _ test: TestCase,
        into findings: inout Findings
    ) {
        switch opinion.answer {
        case .rejected: break
        case .accepted where trial.isWorthless:
            findings.warnings.append(
                "\(test.name): the output validator accepts \(trial.name)")
        case .accepted: break
        case .failed(let reason):
            let words = opinion.message.isEmpty ? reason.text : opinion.message
            let line = words.split(whereSeparator: \.isNewline).joined(separator: "; ")
            findings.faults.append("\(test.name), \(trial.name): \(line)")
        }
    }

    private func trials(of test: TestCase) throws(JudgingError) -> [TrialOutput] {
        let answer = try MappedFile(path: test.answerPath)
        // A mutation shows no more of a longer answer.
        let bytes = answer.withBytes { Array($0.prefix(1 << 20)) }
        return TrialOutput.all(
            answer: bytes, limit: Int(min(problem.limits.output.bytes, 8 << 20)))
    }
}

/// An output that a validator is tried on.
struct TrialOutput: Sendable {
    /// For sentences: `an empty output`.
    var name: String
    var output: [UInt8]
    /// Whether no right answer can look like this.
    var isWorthless = false

    /// The same for the same answer.
    ///
    /// - Parameter limit: bytes that a submission may print.
    static func all(answer: [UInt8], limit: Int) -> [TrialOutput] {
        let hasAnswer = answer.contains { $0 > 32 }
        let binary = (0..<min(limit, 1 << 16)).map { UInt8(truncatingIfNeeded: $0 &* 167) }
        let fixed = [
            TrialOutput(name: "an empty output", output: [], isWorthless: hasAnswer),
            TrialOutput(
                name: "white space alone", output: Array("\n \t\r\n".utf8), isWorthless: hasAnswer),
            TrialOutput(name: "binary output", output: binary, isWorthless: hasAnswer),
            TrialOutput(
                name: "an output of NUL bytes",
                output: Array(repeating: 0, count: min(limit, 4_096)),
                isWorthless: hasAnswer),
            TrialOutput(
                name: "one word as long as the output limit",
                output: Array(repeating: UInt8(ascii: "9"), count: limit)),
            TrialOutput(
                name: "as many words as the output limit allows",
                output: (0..<limit).map { UInt8(ascii: $0 % 2 == 0 ? "1" : "\n") }),
        ]
        return fixed + mutations(of: answer).filter { $0.output.count <= limit }
    }

    /// The answer with something changed; some of these may be right answers.
    private static func mutations(of answer: [UInt8]) -> [TrialOutput] {
        var outputs = [
            TrialOutput(
                name: "half of the answer", output: Array(answer.prefix(answer.count / 2))),
            TrialOutput(name: "the answer twice", output: answer + answer),
            TrialOutput(
                name: "the answer with text after it", output: answer + Array("\nand more\n".utf8)),
            TrialOutput(
                name: "the answer after the bytes of a byte order mark",
                output: [0xEF, 0xBB, 0xBF] + answer),
        ]
        for word in ["-1", "18446744073709551616", "1e999", "nan", "x", "\u{e9}"] {
            outputs.append(
                TrialOutput(
                    name: "the answer with \(word) as its first word",
                    output: replacingFirstWord(of: answer, by: Array(word.utf8))))
        }
        for index in 1...3 where !answer.isEmpty {
            var changed = answer
            let place = answer.count * index / 4
            changed[place] ^= 0x55
            outputs.append(
                TrialOutput(name: "the answer with byte \(place) changed", output: changed))
        }
        return outputs
    }

    private static func replacingFirstWord(of answer: [UInt8], by word: [UInt8]) -> [UInt8] {
        let rest = answer.drop { $0 <= 32 }.drop { $0 > 32 }
        return word + rest
    }
}
