package import JudgeCore
package import Problems

/// Whether a judgement is what a package's author expects, in the package format's words.
package struct ExpectationRule: Sendable {
    private let data: TestGroup
    private let tests: [TestCase]

    /// - Parameters:
    ///   - data: the groups, whose scores may be expected.
    ///   - tests: all of the problem.
    package init(data: TestGroup, tests: [TestCase]) {
        self.data = data
        self.tests = tests
    }

    /// What is not as expected, one sentence each; none when all is.
    ///
    /// MLE also counts as RTE; OLE also as RTE, TLE or WA, whichever is expected; JE as nothing.
    package func complaints(
        about judgement: Judgement, _ example: ExampleSubmission
    ) -> [String] {
        if let mistake = example.mistake { return [mistake] }
        if let broken = judgement.tests.first(where: { $0.verdict == .judgeError }) {
            return ["\(broken.name) is a judge error"]
        }
        guard judgement.verdict != .judgeError else { return ["the verdict is a judge error"] }
        return example.expectations.flatMap { complaints(about: judgement, $0) }
    }

    /// Whether more tests than were run could still make everything as expected.
    package func isUndecided(_ judgement: Judgement, _ example: ExampleSubmission) -> Bool {
        guard example.mistake == nil, judgement.verdict != .judgeError,
            judgement.tests.count < tests.count, !judgement.tests.isEmpty
        else { return false }
        return example.expectations.contains { expectation in
            if expectation.message != nil { return true }
            switch expectation.subject {
            case .tests(let pattern):
                return pattern != nil
                    || !complaints(about: judgement, expectation).isEmpty
            case .submission, .submissionOrFirstFailure: return false
            }
        }
    }

    private func complaints(
        about judgement: Judgement, _ expectation: ExampleExpectation
    ) -> [String] {
        let results = judgement.tests.filter { expectation.speaks(of: $0.name) }
        return verdictComplaints(judgement, results, expectation)
            + scoreComplaints(judgement, expectation)
            + messageComplaints(results, expectation)
    }

    // MARK: - Verdicts

    private func verdictComplaints(
        _ judgement: Judgement, _ results: [TestResult], _ expectation: ExampleExpectation
    ) -> [String] {
        let place = expectation.place
        switch expectation.subject {
        case .submission:
            return isAmong(expectation.permitted, judgement.verdict)
                ? [] : ["\(place): \(judgement.verdict.rawValue) is not expected"]
        case .submissionOrFirstFailure:
            let first = judgement.tests.first { $0.verdict != .accepted }?.verdict
            let verdicts = [judgement.verdict, first ?? judgement.verdict]
            return verdicts.contains { isAmong(expectation.permitted, $0) }
                ? [] : ["\(place): \(judgement.verdict.rawValue) is not expected"]
        case .tests:
            break
        }
        // What was not run, did not compile.
        let verdicts =
            judgement.tests.isEmpty
            ? [("it", judgement.verdict)] : results.map { ($0.name, $0.verdict) }
        var complaints: [String] = []
        if let (name, verdict) = verdicts.first(where: { !isAmong(expectation.permitted, $0.1) }) {
            complaints.append("\(place): \(name) is \(verdict.rawValue), which is not permitted")
        }
        let required = expectation.required
        if !required.isEmpty, !verdicts.contains(where: { isAmong(required, $0.1) }) {
            let words = Verdict.allCases.filter(required.contains).map(\.rawValue)
            complaints.append("\(place): no test is \(words.joined(separator: " or "))")
        }
        return complaints
    }

    private func isAmong(_ verdicts: Set<Verdict>, _ verdict: Verdict) -> Bool {
        let words: Set<Verdict> =
            switch verdict {
            case .memoryLimit: [.memoryLimit, .runTimeError]
            case .outputLimit: [.outputLimit, .runTimeError, .timeLimit, .wrongAnswer]
            case .judgeError: []
            case .accepted, .wrongAnswer, .timeLimit, .runTimeError, .compilerError, .cancelled:
                [verdict]
            }
        return !words.isDisjoint(with: verdicts)
    }

    // MARK: - Scores and messages

    private func scoreComplaints(
        _ judgement: Judgement, _ expectation: ExampleExpectation
    ) -> [String] {
        guard let range = expectation.score else { return [] }
        let scores: [(name: String, score: Double?)] =
            if case .tests(let pattern?) = expectation.subject {
                groupScores(judgement, pattern)
            } else {
                [("it", judgement.score)]
            }
        return scores.compactMap { name, score in
            guard score.map(range.contains) != true else { return nil }
            let found = score.map { "\($0) points" } ?? "no points"
            return "\(expectation.place): \(name) has \(found), not \(rangeText(range))"
        }
    }

    /// The scores of the groups that a pattern names, from the results that are there.
    private func groupScores(
        _ judgement: Judgement, _ pattern: GlobPattern
    ) -> [(name: String, score: Double?)] {
        let results = Dictionary(
            judgement.tests.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        var walk = GradingWalk(data)
        do throws(GradingError) {
            while let index = try walk.next() {
                guard let result = results[tests[index].name] else { break }
                _ = try walk.take(result.verdict, given: result.given)
            }
        } catch {
            // The judgement is a judge error then, which nothing expects.
        }
        return data.groupNames.filter(pattern.matchesExactly).map { ($0, walk.grades[$0]?.score) }
    }

    private func rangeText(_ range: ClosedRange<Double>) -> String {
        func text(_ bound: Double) -> String {
            let rounded = (bound * 1_000).rounded() / 1_000
            return rounded == rounded.rounded() && abs(rounded) < 1e15
                ? "\(Int64(rounded))" : "\(rounded)"
        }
        let (low, high) = (text(range.lowerBound), text(range.upperBound))
        if range.lowerBound == -.infinity { return "less than \(high)" }
        return low == high ? low : "\(low) to \(high)"
    }

    private func messageComplaints(
        _ results: [TestResult], _ expectation: ExampleExpectation
    ) -> [String] {
        guard let message = expectation.message,
            !results.contains(where: { $0.checkerMessage.contains(message) })
        else { return [] }
        return ["\(expectation.place): no message for judges contains \"\(message)\""]
    }
}
