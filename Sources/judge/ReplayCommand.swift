import ArgumentParser
import Configuration
import Foundation
import JudgeCore
import Judging
import Problems
import Sandboxing
import Store

struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Makes one run of a judged submission again and shows what differs.",
        discussion: """
            Files, problem version, limits, environment and commands are those of the judging, \
            not those of today's judge.conf; checkers and validators alone are compiled as it \
            says today. The database is not written. With --keep everything that the run had and \
            left is put into a new directory here, closed to others: box, input, answer, \
            output, errors, request and report. Where there are several runs each has a folder: \
            pass-1, pass-2, … of several passes, program-0, program-1, … of several programs. \
            What checkers, validators and interactors ran is in check-1, check-2, …; of a \
            conversation, input and output are what was said, and transcript is all of it. \
            Where answers are submitted nothing of the submission runs: the check is made again, \
            and submitted is the answer.

              judge replay 42 --test secret/02
              judge replay 42 --test secret/02 --keep
            """)

    @Argument(help: "Id that judge submit printed.")
    var id: SubmissionID

    @Option(help: ArgumentHelp("Name of the test.", valueName: "name"))
    var test: String

    @Flag(help: "Leave what the run had and wrote in the directory replay-ID-TEST.")
    var keep = false

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var surroundings: Surroundings

    func run() async throws {
        var settings = try surroundings.settings()
        let store = try await surroundings.store(settings, .read)
        let record = try await record(store)
        let kept = try await store.keptOutput(of: id.value, test: test, stream: .stdout)
        try await store.close()
        let conditions = try conditions(of: record)
        let problem = try Self.problem(of: record)
        _ = try Replay.test(test, of: problem)
        let files = try keep ? ReplayFiles(submission: id.value, test: test) : nil

        // A run sees what it saw then, also of the host.
        settings.sandbox.readOnly = conditions.machine.mounts.compactMap(ReadOnlyMount.init)
        for index in settings.languages.indices { settings.languages[index].readOnly = [] }
        let (fixed, name, sources) = (settings, test, SourceSet(record.submission))
        let (outcome, machine) = try await untilInterrupted {
            try await Slots.with(1, fixed) { slots in
                guard let slot = slots.first else { throw JudgingError.machine("no slot is open") }
                let machine = await MachineRecord.machine(fixed, [conditions.language], on: slot)
                let replay = Replay(under: conditions, languages: fixed.languages)
                let outcome = try await replay.run(
                    sources, problem: problem, test: name, on: slot)
                return (outcome, machine)
            }
        }
        try files?.write(outcome, test: try Replay.test(test, of: problem))
        let document = ReplayDocument(
            record: record, test: test, outcome: outcome, then: conditions.machine, now: machine,
            kept: kept, directory: files?.directory)
        try StandardStreams.write(json ? document.json.text + "\n" : document.text)
    }

    private func record(_ store: SQLiteStore) async throws -> JudgingRecord {
        guard let record = try await store.judgingRecord(of: id.value) else {
            throw CommandFailure(.badInput, "submission \(id.value) is not judged yet")
        }
        return record
    }

    private func conditions(of record: JudgingRecord) throws -> JudgingConditions {
        guard let document = record.conditions else {
            throw CommandFailure(
                .unavailable,
                "submission \(id.value) cannot be replayed: it is not stored under what it was "
                    + "judged; only workers of this version and later store it")
        }
        return try JudgingConditions(document: document)
    }

    private static func problem(of record: JudgingRecord) throws -> Problem {
        do {
            return try PackageLoader.load(
                directory: record.problem.directory, id: record.problem.id)
        } catch {
            throw CommandFailure(
                .unavailable,
                "cannot use the installed copy of problem \(record.problem.id) that was judged by: "
                    + "\(error)")
        }
    }
}

extension SourceSet {
    fileprivate init(_ submission: Submission) {
        self.init(files: submission.files, entryPoint: submission.entryPoint)
    }
}
