package import JudgeCore
package import Problems

/// Whether a judgement is what a package's author expects, in the package format's words.
package enum ExpectationRule {
    /// Accepted must be expected, in later formats of every test, and have a low score if the author
    /// expects one. Otherwise some test must have an expected verdict and every test
    /// one that is accepted, expected or tolerated.
    ///
    /// MLE also counts as RTE; OLE also as RTE, TLE or WA, whichever is expected; JE as nothing.
    package static func isMet(by judgement: Judgement, _ example: ExampleSubmission) -> Bool {
        let verdicts =
            judgement.tests.isEmpty ? [judgement.verdict] : judgement.tests.map(\.verdict)
        guard !([judgement.verdict] + verdicts).contains(.judgeError) else { return false }
        let failures = verdicts.filter { $0 != .accepted }
        if example.isJudgedByTests ? failures.isEmpty : judgement.verdict == .accepted {
            guard let limit = example.scoreBelow else {
                return example.expected.contains(.accepted)
            }
            return judgement.score.map { $0 < limit } ?? false
        }
        return failures.contains { matches($0, example.expected) }
            && failures.allSatisfy { matches($0, example.expected + example.tolerated) }
    }

    private static func matches(_ verdict: Verdict, _ expected: [Verdict]) -> Bool {
        let words: [Verdict] =
            switch verdict {
            case .memoryLimit: [.memoryLimit, .runTimeError]
            case .outputLimit: [.outputLimit, .runTimeError, .timeLimit, .wrongAnswer]
            case .judgeError: []
            case .accepted, .wrongAnswer, .timeLimit, .runTimeError, .compilerError, .cancelled:
                [verdict]
            }
        return words.contains { expected.contains($0) }
    }
}
