import JudgeCore
import Problems
import SandboxProtocol
import Sandboxing
import Units

/// Runs submissions that are several programs at one time, each in a sandbox of its own: the slot's
/// crew. The package's validator, in the slot's companion, is the manager that they talk to.
struct CommunicationRunner: TestRunning {
    let communication: Communication
    /// Of each program, in the problem's order.
    let programs: [TestRunner]
    let box: ValidatorBox
    let manager: Validator

    var problem: Problem { programs[0].problem }
    var checker: any Checker { programs[0].checker }

    /// - Parameter programs: what was compiled, at least one: that of all copies, or one for each name.
    init(
        _ communication: Communication, programs: [TestRunner], box: ValidatorBox,
        manager: Validator
    ) {
        self.communication = communication
        switch communication.programs {
        case .copies(let count): self.programs = Array(repeating: programs[0], count: count)
        case .named: self.programs = programs
        }
        self.box = box
        self.manager = manager
    }

    func prepare(_ slot: any Slot) async throws(JudgingError) {
        try await checker.prepare(slot)
    }

    func run(_ test: TestCase, on slot: any Slot) async throws(JudgingError) -> TestResult {
        let companion = try await box.companion(of: slot)
        try await box.emptyFeedback(on: companion)
        try await box.put(test, on: companion)
        let crew = try await sandboxed { () async throws(SandboxError) in
            try await slot.crew(of: communication.count, onLan: communication.onLan)
        }
        // A crew that had to be made anew has empty boxes, and one of an earlier judging others'.
        for (program, member) in zip(programs, crew) {
            try await program.fill(member, with: test.files)
        }
        let question = box.request(manager, about: test)
        let talk = try await talk(about: test, question, slot, crew, companion)
        let opinion = try await box.opinion(
            after: talk.interactor.run, of: manager, question,
            failure: InteractionRule.failure(talk.interactor), isLast: true, on: companion)
        return try result(of: test, talk, opinion)
    }

    private func talk(
        about test: TestCase, _ question: RunRequest, _ slot: any Slot, _ crew: [any Slot],
        _ companion: any Slot
    ) async throws(JudgingError) -> ConversationResult {
        let parties = zip(programs, crew).enumerated().map { index, member in
            var request = member.0.request(test)
            request.arguments.append(String(index))
            if communication.onLan { request.network = .lan }
            return ConversationParty(slot: member.1, request: request)
        }
        let interaction = Interaction(
            settings: programs[0].settings, meter: programs[0].meter)
        guard communication.onLan else {
            return try await interaction.hold(parties, with: question, on: companion, at: .channels)
        }
        try await sandboxed { () async throws(SandboxError) in try await slot.connectCrew() }
        let held: Result<ConversationResult, JudgingError>
        do throws(JudgingError) {
            held = .success(
                try await interaction.hold(parties, with: question, on: companion, at: .channels))
        } catch {
            held = .failure(error)
        }
        do throws(SandboxError) {
            try await slot.disconnectCrew()
        } catch {
            // What went wrong first is what is told.
            _ = try held.get()
            throw Task.isCancelled ? .cancelled : .machine(error.description)
        }
        return try held.get()
    }

    /// The most that any program used; exit code and signal of the one whose failure decided.
    private func result(
        of test: TestCase, _ talk: ConversationResult, _ opinion: Opinion
    ) throws(JudgingError) -> TestResult {
        let request = programs[0].request(test)
        var limits = request.limits
        limits.cpuTime = programs[0].timeLimit
        let (decision, culprit) = try InteractionRule.decide(
            opinion, talk.programs, limits: limits,
            isSubmitted: request.arguments[0].hasPrefix("/box/"),
            named: { communication.name(of: $0) })
        let reports = talk.programs.map(\.run.report)
        for (program, report) in zip(programs, reports) { program.tell(of: report) }
        let shown = reports[culprit ?? 0]
        var result = TestResult(
            name: test.name, group: test.group, verdict: decision.verdict,
            reason: decision.reason, cpuTime: reports.map(\.cpuTime).max() ?? .zero,
            wallTime: reports.map(\.wallTime).max() ?? .zero,
            memoryPeak: reports.map(\.memoryPeak).max() ?? .zero, exitCode: shown.exitCode,
            signal: shown.signal, checkerMessage: decision.checkerMessage,
            teamMessage: decision.teamMessage, given: decision.given)
        result.outputs = programs[0].kept(talk.programs[culprit ?? 0].run, decision.verdict)
        result.transcript = Transcript(
            talk.record, pass: nil, speakers: { communication.name(of: $0) })
        return result
    }
}
