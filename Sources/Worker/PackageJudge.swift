package import JudgeCore
package import Judging
package import Logging
import Problems
package import Sandboxing
package import Store

/// Judges submissions by the installed copies of packages, on slots that it was given.
package struct PackageJudge: SubmissionJudge {
    private let judge: Judge
    private let languages: [Language]
    private let slots: [any Slot]
    private let machine: MachineWatch
    private let packages: LoadedPackages
    private let logger: Logger?

    /// - Parameters:
    ///   - languages: those of judge.conf; a submission in another one is not judged here.
    ///   - slots: open; slot n of the worker is the element n.
    ///   - machine: where the slots are; what is known of it is stored with each judgement.
    ///   - logger: is told of runs that a slot failed to make and that were made again.
    package init(
        judge: Judge, languages: [Language], slots: [any Slot],
        machine: MachineWatch = MachineWatch(), logger: Logger? = nil
    ) {
        self.init(
            judge: judge, languages: languages, slots: slots, machine: machine,
            packages: LoadedPackages(), logger: logger)
    }

    private init(
        judge: Judge, languages: [Language], slots: [any Slot], machine: MachineWatch,
        packages: LoadedPackages, logger: Logger?
    ) {
        self.logger = logger
        self.packages = packages
        self.machine = machine
        self.judge = judge
        self.languages = languages
        self.slots = slots
    }

    package var anew: any SubmissionJudge {
        PackageJudge(
            judge: judge.anew, languages: languages, slots: slots, machine: machine,
            packages: packages, logger: logger)
    }

    /// - Throws: what trying again, here or elsewhere, may mend: a language that this worker's
    ///   judge.conf lacks, an installed copy that cannot be read, a failure of the sandbox.
    package func judge(
        _ submission: Submission, problem installed: InstalledProblem, slot: Int, loans: Loans?,
        progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void,
        judged: @escaping @Sendable (TestResult) -> Void
    ) async throws -> Judgement {
        var problem = try packages.load(directory: installed.directory, id: installed.id)
        problem.timeLimit = installed.timeLimit ?? problem.timeLimit
        let language = try language(of: submission, for: problem)
        let (facts, look) = try await machine.facts(for: slots[slot], number: slot)
        let machine = await machine.completed(
            facts, look: look, for: language, on: slots[slot])
        var judgement: Judgement
        do throws(JudgingError) {
            judgement = try await judge.seeing(look: look).judge(
                SourceSet(files: submission.files, entryPoint: submission.entryPoint),
                in: language, problem: problem, on: slots[slot],
                spares: loans.map {
                    LentSlots(loans: $0, slots: slots, machine: self.machine, look: look)
                },
                progress: progress,
                judged: judged,
                failed: { cause in
                    logger?.warning(
                        "a test failed in its slot and is run again there",
                        metadata: [
                            "submission.id": "\(submission.id)", "slot": "\(slot)",
                            "cause": "\(cause)",
                        ])
                })
        } catch {
            switch error {
            case .refused(let why):
                // It was admitted when it was submitted: the package or judge.conf is to blame.
                judgement = Judgement(verdict: .judgeError, reason: Reason(.badPackage, why))
            case .machine, .cancelled: throw error
            }
        }
        judgement.conditions =
            JudgingConditions(
                language: language, settings: judge.settings, problem: problem, machine: machine
            ).document
        return judgement
    }

    private func language(of submission: Submission, for problem: Problem) throws -> Language {
        guard problem.runsPrograms else { return .answers }
        guard let language = languages.first(where: { $0.id == submission.language }) else {
            throw JudgingError.machine(
                "language \(submission.language) is not in the judge.conf of this worker; "
                    + "add [language.\(submission.language)]")
        }
        return language
    }
}

/// What a worker lends, as slots.
private struct LentSlots: SpareSlots {
    let loans: Loans
    let slots: [any Slot]
    let machine: MachineWatch
    /// That the judging's own slot was opened after.
    let look: Int

    /// One that still sees what the machine had before is opened anew first, and lent the next time. None
    /// is lent to a judging whose own slot sees what there was before.
    func borrow() -> LentSlot? {
        guard machine.looks == look, let number = loans.borrow() else { return nil }
        let slot = slots[number]
        guard !machine.isCurrent(number) else { return LentSlot(number: number, slot: slot) }
        Task {
            do throws(JudgingError) {
                try await machine.renew(slot, number: number)
                loans.giveBack(number, failure: nil)
            } catch {
                loans.giveBack(number, unopened: "\(error)")
            }
        }
        return nil
    }

    func isWantedBack(_ number: Int) -> Bool { loans.isWantedBack(number) }

    func giveBack(_ number: Int, failure: String?) {
        loans.giveBack(number, failure: failure)
    }
}
