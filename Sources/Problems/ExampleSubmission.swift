package import JudgeCore

/// A submission that the package's author wrote, and what they expect of it.
package struct ExampleSubmission: Sendable, Equatable {
    /// Below the package: `submissions/accepted/a.cpp`.
    package var path: String
    /// Its files: one, or those of a directory.
    package var files: [PackageFile]
    /// For people: the verdicts of which some test, or the submission, is to have one. In the
    /// format's words (AC, WA, TLE, RTE, CE), and MLE or OLE where exactly that is expected. Empty
    /// when only parts of the tests are spoken of.
    package var expected: [Verdict]
    /// All of them must hold.
    package var expectations: [ExampleExpectation]
    /// What the package says of its language; nil: found by the files.
    package var language: LanguageWish?
    /// The file to start with, where the package says so.
    package var entryPoint: String?
    /// Why what is expected cannot be right; then nothing that the example does is as expected.
    package var mistake: String?

    package init(
        path: String, files: [PackageFile], expected: [Verdict], expectations: [ExampleExpectation],
        language: LanguageWish? = nil, entryPoint: String? = nil, mistake: String? = nil
    ) {
        self.path = path
        self.files = files
        self.expected = expected
        self.expectations = expectations
        self.language = language
        self.entryPoint = entryPoint
        self.mistake = mistake
    }
}

/// One thing that an author expects of an example.
package struct ExampleExpectation: Sendable, Equatable {
    /// What the verdicts are compared with.
    package enum Subject: Sendable, Equatable {
        /// The submission's own verdict.
        case submission
        /// The submission's own verdict, or that of its first test that is not accepted: DOMjudge has
        /// the latter also where there are points.
        case submissionOrFirstFailure
        /// Every test that the pattern matches, itself or by a group around it; nil: every test.
        case tests(GlobPattern?)
    }

    /// Which bound of the time limit its tests give.
    package enum TimeBound: Sendable, Equatable {
        /// They must stay within it.
        case lower
        /// They must not.
        case upper
    }

    package var subject: Subject
    /// All verdicts must be among these.
    package var permitted: Set<Verdict>
    /// Some verdict must be among these; empty: none needs to be.
    package var required: Set<Verdict>
    /// Where the score must lie, that of the groups that the pattern names or that of the submission.
    package var score: ClosedRange<Double>?
    /// What some test's message for judges must contain.
    package var message: String?
    package var bound: TimeBound?
    /// Where it is stated, for sentences: `submissions/accepted`, `submissions.yaml:4`.
    package var place: String

    package init(
        _ subject: Subject, permitted: Set<Verdict>, required: Set<Verdict> = [],
        score: ClosedRange<Double>? = nil, message: String? = nil, bound: TimeBound? = nil,
        place: String
    ) {
        self.subject = subject
        self.permitted = permitted
        self.required = required
        self.score = score
        self.message = message
        self.bound = bound
        self.place = place
    }

    /// The verdicts that the format has for tests.
    package static let anyVerdict: Set<Verdict> = [
        .accepted, .wrongAnswer, .timeLimit, .runTimeError,
    ]

    /// Whether it is about this test.
    package func speaks(of test: String) -> Bool {
        guard case .tests(let pattern?) = subject else { return true }
        return pattern.matches(test)
    }
}

extension ExampleSubmission {
    /// An example of which the usual is expected, as `ExampleExpectation.usual` says.
    package init(
        path: String, files: [PackageFile], expected: [Verdict], tolerated: [Verdict] = [],
        isJudgedByTests: Bool = false, scoreBelow: Double? = nil, language: LanguageWish? = nil
    ) {
        self.init(
            path: path, files: files, expected: expected,
            expectations: ExampleExpectation.usual(
                Set(expected), tolerated: Set(tolerated), isJudgedByTests: isJudgedByTests,
                scoreBelow: scoreBelow, place: path),
            language: language)
    }
}

extension ExampleExpectation {
    /// Of the submission's verdict where accepted is expected, else of the verdicts of all its tests:
    /// one must be expected, the others accepted, expected or tolerated.
    ///
    /// - Parameters:
    ///   - isJudgedByTests: whether tests count also where accepted is expected, as from 2023-07 on.
    ///   - scoreBelow: the score must be less; nil where none is expected.
    package static func usual(
        _ expected: Set<Verdict>, tolerated: Set<Verdict> = [], isJudgedByTests: Bool = false,
        scoreBelow: Double? = nil, place: String
    ) -> [ExampleExpectation] {
        let isUpper = expected == [.timeLimit]
        let range = scoreBelow.map { -Double.infinity...$0.nextDown }
        let isWhole = expected == [.compilerError] || !isJudgedByTests && expected == [.accepted]
        guard !isWhole else {
            return [
                ExampleExpectation(
                    .submission, permitted: expected, score: range,
                    bound: expected == [.accepted] && range == nil ? .lower : nil, place: place)
            ]
        }
        let permitted = expected.union(tolerated)
        let staysInTime = isJudgedByTests && !permitted.contains(.timeLimit)
        let tests = ExampleExpectation(
            .tests(nil), permitted: permitted.union([.accepted]), required: expected,
            score: range, bound: isUpper ? .upper : staysInTime ? .lower : nil, place: place)
        guard !isJudgedByTests else { return [tests] }
        return [tests, ExampleExpectation(.submission, permitted: permitted, place: place)]
    }
}
