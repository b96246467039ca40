import JudgeCore
import Problems
package import SandboxProtocol
import Sandboxing
import Units

/// Runs submissions that talk to a testlib interactor, called as `interactor input output answer`, where
/// it writes the output; the checker is asked about that afterwards, unless the interactor rejected.
///
/// Both run in the slot's companion, one after the other.
struct TestlibInteraction: TestRunning {
    // Names that no file of a package can have.
    private static let data = ".data"
    private static let written = ".written"
    private static let output = "\(written)/output.txt"

    let base: TestRunner
    let interactor: Validator
    /// nil where the interactor decides alone.
    let asked: TestlibChecker?

    var problem: Problem { base.problem }
    var checker: any Checker { base.checker }

    private var settings: JudgingSettings { base.settings }

    func prepare(_ slot: any Slot) async throws(JudgingError) {
        try await base.fill(slot, with: [])
    }

    func run(_ test: TestCase, on slot: any Slot) async throws(JudgingError) -> TestResult {
        try await base.fillAnew(slot, for: test)
        let companion = try await sandboxed { () async throws(SandboxError) in
            try await slot.companion()
        }
        let question = try await fill(companion, for: test)
        let request = base.request(test)
        let talk = try await Interaction(settings: settings, meter: base.meter).hold(
            [ConversationParty(slot: slot, request: request)], with: question, on: companion,
            at: .standardStreams,
            isSettled: { TestlibRule.isSettled($0, wasTold: $1) })
        let written = try await sandboxed { () async throws(SandboxError) in
            try await companion.take(name: Self.output, atMost: settings.fileSize) ?? []
        }
        var opinion = try opinion(of: talk.interactor, question, about: test)
        let isOver = TestlibRule.leavesItToTheChecker(talk.interactor.run.report)
        // Where a checker follows, points of the interactor's are nobody's.
        if asked != nil, isOver { opinion = Opinion(.accepted, message: opinion.message) }
        var limits = request.limits
        limits.cpuTime = base.timeLimit
        let isSubmitted = request.arguments[0].hasPrefix("/box/")
        var (decision, _) = try InteractionRule.decide(
            opinion, talk.programs, limits: limits, isSubmitted: isSubmitted)
        if let asked, decision.verdict == .accepted {
            try await asked.prepare(slot)
            decision = VerdictRule.decide(try await asked.check(written, of: test, on: slot))
        }
        return result(of: test, talk, decision)
    }

    /// Puts the interactor and the test's files into the companion's box.
    /// - Returns: the run of it.
    private func fill(
        _ companion: any Slot, for test: TestCase
    ) async throws(JudgingError) -> RunRequest {
        let size =
            try sizeOnTmpfs(ofFile: test.inputPath) + sizeOnTmpfs(ofFile: test.answerPath)
            + tmpfsPage
        let names = ["input.txt", "answer.txt"].map { "\(Self.data)/\($0)" }
        try await sandboxed { () async throws(SandboxError) in
            try await companion.resetBox(size: settings.boxSize)
            // Made before anything of the package's is there that could stand in their place.
            try await companion.resetFolder(
                name: Self.data, size: ByteCount(size), writable: false)
            try await companion.resetFolder(
                name: Self.written,
                size: ByteCount(sizeOnTmpfs(settings.fileSize.bytes) + tmpfsPage), writable: true)
            try await companion.put(name: names[0], file: test.inputPath)
            try await companion.put(name: names[1], file: test.answerPath)
            for file in interactor.program.files {
                try await companion.put(
                    name: file.name, bytes: file.bytes, executable: file.executable)
            }
        }
        return interactor.program.request(
            ["/box/\(names[0])", "/box/\(Self.output)", "/box/\(names[1])"],
            fileSize: settings.fileSize, settings: settings, limits: problem.limits)
    }

    private func opinion(
        of ending: ConversationEnding, _ request: RunRequest, about test: TestCase
    ) throws(JudgingError) -> Opinion {
        let name = "the interactor \(interactor.path)"
        if let why = InteractionRule.failure(ending) {
            return Opinion(.failed(Reason(.checkerCrashed, "\(name) \(why)")))
        }
        return try TestlibRule.opinion(
            ending.run.report, of: name, isOwnProgram: request.arguments[0].hasPrefix("/box/"),
            limits: request.limits, stderr: ending.run.stderr, points: test.points,
            isScoring: problem.kind.objective != nil, kept: settings.checkerMessageKept)
    }

    private func result(
        of test: TestCase, _ talk: ConversationResult, _ decision: Decision
    ) -> TestResult {
        let report = talk.programs[0].run.report
        base.tell(of: report)
        var result = TestResult(
            name: test.name, group: test.group, verdict: decision.verdict,
            reason: decision.reason, cpuTime: report.cpuTime, wallTime: report.wallTime,
            memoryPeak: report.memoryPeak, exitCode: report.exitCode, signal: report.signal,
            checkerMessage: decision.checkerMessage, teamMessage: decision.teamMessage,
            given: decision.given)
        result.outputs = base.kept(talk.programs[0].run, decision.verdict)
        result.transcript = Transcript(talk.record, pass: nil)
        return result
    }
}

extension TestlibRule {
    /// Whether an interactor's exit is followed by the checker's word: it accepted, or gave points.
    package static func leavesItToTheChecker(_ report: RunReport) -> Bool {
        report.outcome == .exited && [0, 7].contains(report.exitCode)
    }

    /// Whether nothing that the submission still does can change the decision, when an interactor has
    /// ended like this.
    ///
    /// - Parameter wasTold: whether it may have decided because the submission had ended.
    package static func isSettled(_ report: RunReport, wasTold: Bool) -> Bool {
        guard report.outcome == .exited else { return true }
        switch report.exitCode {
        case 0, 7: return false
        case 3: return true
        // A rejection, or a part of the points, which is one by its exit code, too.
        default: return !wasTold
        }
    }
}
