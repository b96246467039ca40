import JudgeCore
import Judging
import Problems
import Testing

/// What `submissions.yaml` and tags say, compared with judgements.
@Suite struct ExpectationTests {
    private static let names = ["sample/1", "secret/1-easy", "secret/2-hard"]
    /// The secret tests give 1 point each.
    private static let data = TestGroup(
        name: "",
        members: [
            .group(TestGroup(name: "sample", members: [.test(0)])),
            .group(TestGroup(name: "secret", members: [.test(1), .test(2)], rule: .legacy(open))),
        ], rule: .legacy(open))

    private static var open: LegacyRule {
        var rule = LegacyRule()
        rule.breaksOnReject = false
        return rule
    }

    private static let rule = ExpectationRule(
        data: data,
        tests: names.map {
            TestCase(
                name: $0, group: "", inputPath: "/in", answerPath: "/ans", validatorFlags: [])
        })

    /// Of the first tests.
    private static func judgement(
        _ verdict: Verdict, _ verdicts: [Verdict], score: Double? = nil, message: String = ""
    ) -> Judgement {
        Judgement(
            verdict: verdict, score: score, reason: nil,
            tests: zip(names, verdicts).map {
                TestResult(name: $0, group: "", verdict: $1, checkerMessage: message)
            })
    }

    private static func example(_ expectations: ExampleExpectation...) -> ExampleSubmission {
        ExampleSubmission(path: "a", files: [], expected: [], expectations: expectations)
    }

    private static func tests(
        _ pattern: String?, _ permitted: Set<Verdict>, required: Set<Verdict> = [],
        score: ClosedRange<Double>? = nil, message: String? = nil
    ) throws -> ExampleExpectation {
        let subject: ExampleExpectation.Subject = .tests(
            try pattern.map { try #require(GlobPattern($0)) })
        return ExampleExpectation(
            subject, permitted: permitted, required: required, score: score, message: message,
            place: "submissions.yaml:1")
    }

    @Test("All tests must be what is permitted, and one what is required")
    func permittedAndRequired() throws {
        let example = Self.example(
            try Self.tests(nil, [.accepted, .timeLimit], required: [.timeLimit]))
        func complaints(_ verdicts: Verdict...) -> [String] {
            Self.rule.complaints(about: Self.judgement(.wrongAnswer, verdicts), example)
        }
        #expect(complaints(.accepted, .timeLimit, .accepted) == [])
        #expect(
            complaints(.accepted, .accepted, .accepted) == ["submissions.yaml:1: no test is TLE"])
        #expect(
            complaints(.timeLimit, .wrongAnswer, .runTimeError) == [
                "submissions.yaml:1: secret/1-easy is WA, which is not permitted"
            ])
        #expect(complaints(.accepted, .outputLimit, .accepted) == [])
        #expect(
            complaints(.accepted, .timeLimit, .judgeError) == ["secret/2-hard is a judge error"])
    }

    @Test("What is said of groups and tests holds for these alone")
    func parts() throws {
        let example = Self.example(
            try Self.tests("sample", [.accepted]),
            try Self.tests("secret/*-hard", [.accepted, .runTimeError], required: [.runTimeError]))
        func complaints(_ verdicts: Verdict...) -> [String] {
            Self.rule.complaints(about: Self.judgement(.runTimeError, verdicts), example)
        }
        #expect(complaints(.accepted, .wrongAnswer, .memoryLimit) == [])
        #expect(
            complaints(.wrongAnswer, .runTimeError, .accepted) == [
                "submissions.yaml:1: sample/1 is WA, which is not permitted",
                "submissions.yaml:1: no test is RTE",
            ])
    }

    @Test("A score must lie where it is expected: the submission's, or a group's")
    func scores() throws {
        let whole = Self.example(try Self.tests(nil, Set(Verdict.allCases), score: 10...20))
        func complaints(_ score: Double?) -> [String] {
            Self.rule.complaints(
                about: Self.judgement(.accepted, [.accepted], score: score), whole)
        }
        #expect(complaints(10) == [] && complaints(20) == [])
        #expect(complaints(20.5) == ["submissions.yaml:1: it has 20.5 points, not 10 to 20"])
        #expect(complaints(nil) == ["submissions.yaml:1: it has no points, not 10 to 20"])

        let group = Self.example(try Self.tests("secret", Set(Verdict.allCases), score: 1...1))
        func ofGroup(_ verdicts: Verdict...) -> [String] {
            Self.rule.complaints(about: Self.judgement(.wrongAnswer, verdicts, score: 7), group)
        }
        #expect(ofGroup(.accepted, .accepted, .wrongAnswer) == [])
        #expect(
            ofGroup(.accepted, .accepted, .accepted) == [
                "submissions.yaml:1: secret has 2.0 points, not 1"
            ])
        #expect(ofGroup(.accepted) == ["submissions.yaml:1: secret has no points, not 1"])
    }

    @Test("A message for judges must stand in that of some test")
    func messages() throws {
        let example = Self.example(
            try Self.tests("secret", ExampleExpectation.anyVerdict, message: "too long"))
        func complaints(_ message: String) -> [String] {
            let tests = [Verdict.accepted, .wrongAnswer, .accepted]
            return Self.rule.complaints(
                about: Self.judgement(.wrongAnswer, tests, message: message), example)
        }
        #expect(complaints("the path is too long here") == [])
        #expect(
            complaints("the path is short") == [
                "submissions.yaml:1: no message for judges contains \"too long\""
            ])
    }

    @Test("Where there are points, a tag is met by the verdict or by the first failure")
    func tags() {
        func met(_ subject: ExampleExpectation.Subject) -> Bool {
            let example = Self.example(
                ExampleExpectation(subject, permitted: [.wrongAnswer], place: "a, its tag"))
            let judgement = Self.judgement(.accepted, [.accepted, .wrongAnswer, .timeLimit])
            return Self.rule.complaints(about: judgement, example).isEmpty
        }
        #expect(met(.submissionOrFirstFailure) && !met(.submission))
    }

    @Test("What the tests that ran leave open is judged on all of them")
    func undecided() throws {
        let all = Self.example(
            try Self.tests(nil, [.accepted, .timeLimit, .wrongAnswer], required: [.timeLimit]))
        func isUndecided(_ verdicts: [Verdict], _ example: ExampleSubmission) -> Bool {
            Self.rule.isUndecided(Self.judgement(.wrongAnswer, verdicts), example)
        }
        #expect(isUndecided([.accepted, .wrongAnswer], all))
        #expect(!isUndecided([.accepted, .timeLimit], all))
        #expect(!isUndecided([.accepted, .wrongAnswer, .accepted], all))
        #expect(!isUndecided([], all))
        let part = Self.example(try Self.tests("secret/*-hard", [.accepted]))
        #expect(isUndecided([.accepted, .wrongAnswer], part))
        let message = Self.example(
            try Self.tests(nil, ExampleExpectation.anyVerdict, message: "x"))
        #expect(isUndecided([.wrongAnswer], message))
    }

    @Test("Nothing that an example does is as expected when what is expected is a mistake")
    func mistake() {
        var example = ExampleSubmission(path: "a", files: [], expected: [.accepted])
        let judgement = Self.judgement(.accepted, [.accepted, .accepted, .accepted])
        #expect(Self.rule.complaints(about: judgement, example).isEmpty)
        example.mistake = "it states its expected results twice"
        #expect(Self.rule.complaints(about: judgement, example) == [example.mistake])
        #expect(!Self.rule.isUndecided(Self.judgement(.wrongAnswer, [.wrongAnswer]), example))
    }
}
