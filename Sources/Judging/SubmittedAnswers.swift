import JudgeCore
import Problems
import Sandboxing
import Units

/// The files of a submission that is answers and no program, by the tests that they answer.
///
/// A file answers the test whose name it has, with the ending `.ans`, `.out` or `.txt` or without any:
/// `secret/g1/02` is answered by `02`, by `g1-02` and by `secret-g1-02`, of which a submitter takes the
/// shortest that names no other test.
struct SubmittedAnswers: Sendable {
    private static let endings = [".ans", ".out", ".txt"]
    /// All files of a submission together; each one may be as long as the output limit.
    private static let sizeLimit = ByteCount.mebibytes(64)

    private var byTest: [String: [UInt8]] = [:]

    /// - Throws: `refused` for files that answer no test, or not one alone, and for too long ones.
    init(_ sources: SourceSet, to problem: Problem) throws(JudgingError) {
        if let entryPoint = sources.entryPoint {
            throw .refused("answers have no entry point; leave \(entryPoint) out")
        }
        guard !sources.files.isEmpty else { throw .refused("the submission has no file") }
        let names = Self.names(of: problem.tests)
        var files: [String: String] = [:]
        var size: Int64 = 0
        for file in sources.files {
            let test = try Self.test(of: file.name, among: names)
            if let other = files.updateValue(file.name, forKey: test) {
                throw .refused("\(other) and \(file.name) both answer test \(test)")
            }
            guard file.bytes.count <= problem.limits.output.bytes else {
                throw .refused(
                    "\(file.name) has \(file.bytes.count) bytes; an answer to problem "
                        + "\(problem.id) has at most \(problem.limits.output.bytes)")
            }
            size += Int64(file.bytes.count)
            byTest[test] = file.bytes
        }
        guard size <= Self.sizeLimit.bytes else {
            throw .refused(
                "the answers have \(size) bytes together; a submission has at most "
                    + "\(Self.sizeLimit.bytes)")
        }
    }

    /// nil when none was submitted.
    func answer(to test: TestCase) -> [UInt8]? { byTest[test.name] }

    /// The tests that each name stands for.
    private static func names(of tests: [TestCase]) -> [String: [String]] {
        var names: [String: [String]] = [:]
        for test in tests {
            var name = ""
            for part in test.name.split(separator: "/").reversed() {
                name = name.isEmpty ? String(part) : "\(part)-\(name)"
                names[name, default: []].append(test.name)
            }
        }
        return names
    }

    private static func test(
        of file: String, among names: [String: [String]]
    ) throws(JudgingError) -> String {
        let ending = endings.first { file.hasSuffix($0) && file.utf8.count > $0.utf8.count } ?? ""
        let base = String(file.dropLast(ending.count))
        guard let tests = names[file] ?? names[base], let test = tests.first else {
            let hint = nearest(to: base, among: names.keys.sorted()).map {
                "; did you mean \($0)\(ending)?"
            }
            throw .refused("\(file) has the name of no test" + (hint ?? ""))
        }
        guard tests.count == 1 else {
            let longer = tests.prefix(2).map {
                $0.split(separator: "/").joined(separator: "-") + ending
            }
            throw .refused(
                "\(file) could answer \(test) and \(tests[1]); call it "
                    + longer.joined(separator: " or "))
        }
        return test
    }
}

/// Asks about one submitted answer after another. A test without an answer is answered wrong.
struct AnswerRunner: TestRunning {
    let problem: Problem
    let answers: SubmittedAnswers
    let checker: any Checker

    func prepare(_ slot: any Slot) async throws(JudgingError) {
        try await checker.prepare(slot)
    }

    func run(_ test: TestCase, on slot: any Slot) async throws(JudgingError) -> TestResult {
        guard let answer = answers.answer(to: test) else {
            let text = "no answer to it was submitted"
            return TestResult(
                name: test.name, group: test.group, verdict: .wrongAnswer,
                reason: Reason(.wrongOutput, text))
        }
        let decision = VerdictRule.decide(try await checker.check(answer, of: test, on: slot))
        return TestResult(
            name: test.name, group: test.group, verdict: decision.verdict,
            reason: decision.reason, checkerMessage: decision.checkerMessage,
            teamMessage: decision.teamMessage, given: decision.given)
    }
}
