import JudgeCore
import Problems
import Sandboxing

/// What is asked about an output when nothing else was wrong with the run.
protocol Checker: Sendable {
    /// Whether it is asked in this process, without the slot.
    var isInProcess: Bool { get }

    /// Makes everything ready that the tests of one judging share.
    func prepare(_ slot: any Slot) async throws(JudgingError)

    /// What it says of the output of one test.
    /// - Throws: `machine` when it could not be asked, `cancelled`. Its own failure is an answer.
    func check(
        _ output: [UInt8], of test: TestCase, on slot: any Slot
    ) async throws(JudgingError) -> Opinion
}

extension Checker {
    var isInProcess: Bool { false }
}

/// A checker, or why the package has none that works.
enum PreparedChecker {
    case ready(any Checker)
    case broken(String)

    /// The default validator with each test's flags.
    static func defaultCheckers(of problem: Problem) -> PreparedChecker {
        var checkers: [[String]: DefaultChecker] = [:]
        let tests = problem.tests.filter { !$0.isStaticValidation }
        for test in tests where checkers[test.validatorFlags] == nil {
            do throws(ValidatorFlagsError) {
                checkers[test.validatorFlags] = DefaultChecker(
                    try ValidatorFlags(parsing: test.validatorFlags, strict: problem.isStrict))
            } catch {
                return .broken("test \(test.name): \(error)")
            }
        }
        return .ready(DefaultCheckers(byFlags: checkers))
    }
}

/// The default validator, in process, by the flags of the tests.
private struct DefaultCheckers: Checker {
    let byFlags: [[String]: DefaultChecker]

    var isInProcess: Bool { true }

    func prepare(_ slot: any Slot) async throws(JudgingError) {}

    /// Compares an output with the answer file, which is mapped, not read: only the output, bounded
    /// by the output limit, is in memory.
    func check(
        _ output: [UInt8], of test: TestCase, on slot: any Slot
    ) async throws(JudgingError) -> Opinion {
        guard let checker = byFlags[test.validatorFlags] else {
            return Opinion(.failed(Reason(.badPackage, "test \(test.name) has no checker")))
        }
        let answer = try MappedFile(path: test.answerPath)
        return Opinion(
            answer.withBytes { answer in
                output.withUnsafeBytes { checker.compare(output: $0, answer: answer) }
            })
    }
}
