import JudgeCore
import Problems
import SandboxProtocol
import Sandboxing
import Units

/// A package's own grader, asked about one group after another as `grader [flags] < members`.
///
/// It runs in the slot's companion, mistrusted like every program, under the limits of output validators.
/// It may write below `/tmp` alone.
struct Grader: Sendable {
    let settings: JudgingSettings
    let problem: Problem
    let program: Validator

    enum Answer: Sendable {
        case grade(Grade)
        /// The grader's fault, and so the package author's.
        case failed(Reason)
    }

    /// Fills the companion's box anew: whoever was there before must be put there again.
    ///
    /// - Throws: `machine` when it could not be asked, `cancelled`.
    func answer(
        _ question: GraderQuestion, on slot: any Slot
    ) async throws(JudgingError) -> Answer {
        let companion = try await sandboxed { () async throws(SandboxError) in
            try await slot.companion()
        }
        try await sandboxed { () async throws(SandboxError) in
            try await companion.resetBox(size: settings.boxSize)
        }
        try await program.program.put(
            into: companion, settings: settings, limits: problem.limits)
        let request = program.program.request(
            question.flags, fileSize: settings.fileSize, settings: settings,
            limits: problem.limits)
        let input = GraderRule.input(question.members)
        let run = try await sandboxed { () async throws(SandboxError) in
            try await companion.run(
                request, input: .bytes(input), stdout: .captured, stderr: .captured)
        }
        let isOwn = request.arguments[0].hasPrefix("/box/")
        if let why = try programFailure(run.report, isOwnProgram: isOwn, limits: request.limits) {
            return failed(why, question, run)
        }
        guard run.report.outputBytes <= request.limits.output else {
            return failed(outputText(run.report, request.limits), question, run)
        }
        guard run.report.exitCode == 0 else {
            return failed("\(endText(run.report)), which is not 0", question, run)
        }
        guard let grade = GraderRule.grade(run.stdout, over: question.members) else {
            return failed(
                "printed what is not AC, WA, TLE or RTE with a number", question, run)
        }
        return .grade(grade)
    }

    private func failed(
        _ why: String, _ question: GraderQuestion, _ run: RunResult
    ) -> Answer {
        let group = question.group.isEmpty ? "data" : "data/\(question.group)"
        // Its author reads this, and nothing else tells what went wrong.
        let said = checkerText(run.stderr + run.stdout, atMost: ByteCount(300))
        let words = said.split(whereSeparator: \.isNewline).joined(separator: "; ")
        return .failed(
            Reason(
                .graderCrashed,
                "the grader \(program.path), asked about \(group), \(why)"
                    + (words.isEmpty ? "" : ": \(words)")))
    }
}
