import Configuration
import Judging
import Problems
import Sandboxing
import Units

/// Finds the time limit of a package, by running its accepted examples if it states none.
enum Measuring {
    /// - Returns: nil where answers are submitted and no programs.
    /// - Throws: a failure for bad input when there is nothing to measure it by.
    static func timeLimit(
        of problem: Problem, _ settings: Settings, on slot: any Slot, progress: Progress
    ) async throws -> Duration? {
        if problem.timeLimit != nil || !problem.runsPrograms { return problem.timeLimit }
        let verifier = PackageVerifier(
            settings: settings.judging, languages: settings.languages,
            absent: settings.absentLanguages)
        let measured = try await verifier.timeLimit(of: problem, on: slot) {
            progress.show("measuring the time limit: \($0.sentence)")
        }
        progress.clear()
        for warning in measured.warnings { StandardStreams.complain("warning: \(warning)") }
        guard let limit = measured.limit else {
            throw CommandFailure(
                .badInput, "cannot measure the time limit of problem \(problem.id): see above")
        }
        return limit
    }
}

extension VerificationProgress {
    /// `2 of 9 examples done, submissions/accepted/a.cpp: 3 of 20 tests done`.
    var sentence: String {
        "\(done) of \(total) examples done, \(path): \(testsDone) of \(tests) tests done"
    }
}
