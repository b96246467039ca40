import JudgeCore
import Problems
import Units

/// What is known of the tests of one judging, and what it needs next.
///
/// A result counts, is told and takes room for what is kept of it in the order in which one slot makes
/// them, whenever it was made; what the walk never asks for counts nothing.
struct OrderedResults {
    enum Need {
        case test(Int)
        case question(GraderQuestion)
        /// It is over.
        case nothing
    }

    let sequence: TestSequence
    private(set) var walk: GradingWalk
    private var tests: [TestResult?]
    private var done = 0
    /// Bytes of outputs and messages that are kept.
    private var kept = 0
    /// What the grader said, by the group's name.
    private var grades: [String: Grade] = [:]
    /// Why the grader could not say it.
    private var failure: Reason?
    /// What was made before its turn, and its bytes.
    private var early: [Int: TestResult] = [:]
    private var earlyBytes = 0
    /// What went wrong before its turn.
    private var errors: [Int: JudgingError] = [:]

    init(of sequence: TestSequence) {
        self.sequence = sequence
        let problem = sequence.runner.problem
        walk = GradingWalk(problem.data)
        tests = Array(repeating: nil, count: problem.tests.count)
    }

    /// Takes all that has its turn.
    ///
    /// - Throws: what went wrong with a test that has.
    mutating func need() throws(JudgingError) -> Need {
        if sequence.all {
            // One after the other: those that are done are the first ones.
            while done < tests.count { guard try take(done) else { return .test(done) } }
        }
        while failure == nil {
            if let index = Self.next(of: &walk) {
                if tests[index] == nil { guard try take(index) else { return .test(index) } }
                guard let result = tests[index], Self.take(result, in: &walk) else { break }
            } else if let question = walk.question {
                return .question(question)
            } else {
                break
            }
        }
        return .nothing
    }

    func known(_ index: Int) -> TestResult? { tests[index] ?? early[index] }

    func isOpen(_ index: Int) -> Bool { known(index) == nil && errors[index] == nil }

    /// Whether more may be made before its turn: not more than is kept of a whole judging.
    var hasRoom: Bool { earlyBytes <= Int(sequence.outputs.total.bytes) }

    mutating func add(_ result: TestResult, at index: Int) {
        early[index] = result
        earlyBytes += result.keptBytes
    }

    mutating func add(_ error: JudgingError, at index: Int) {
        errors[index] = error
    }

    mutating func add(_ answer: Grader.Answer, to question: GraderQuestion) {
        switch answer {
        case .grade(let grade):
            grades[question.group] = grade
            walk.answer(grade)
        case .failed(let reason):
            failure = reason
        }
    }

    func judgement(_ compile: CompileResult?) -> Judgement {
        let problem = sequence.runner.problem
        return Score.judgement(
            of: tests, in: problem.data, scoring: problem.kind.objective, graders: grades,
            failure: failure, compile: compile)
    }

    /// - Returns: false when the test has not been run.
    private mutating func take(_ index: Int) throws(JudgingError) -> Bool {
        if let error = errors[index] { throw error }
        guard let result = early.removeValue(forKey: index) else { return false }
        earlyBytes -= result.keptBytes
        let fitting = sequence.outputs.fit(result, beside: kept)
        kept += fitting.keptBytes
        tests[index] = fitting
        sequence.judged?(fitting)
        done += 1
        sequence.progress?(done, tests.count)
        return true
    }

    /// nil also when a group cannot be graded; `Score` comes to the same and says why.
    private static func next(of walk: inout GradingWalk) -> Int? {
        do throws(GradingError) { return try walk.next() } catch { return nil }
    }

    /// false when the result cannot be graded; `Score` comes to the same and says why.
    private static func take(_ result: TestResult, in walk: inout GradingWalk) -> Bool {
        do throws(GradingError) {
            _ = try walk.take(result.verdict, given: result.given)
            return true
        } catch {
            return false
        }
    }
}
