import ArgumentParser
import Configuration
import Foundation
import JudgeCore
import Judging
import Problems
import Units

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Judges a program here and now, without queue and database.",
        discussion: """
            The engine is the worker's. A package that states no time limit has it measured \
            first, by its accepted examples. Exit 0 for AC and 1 for every other verdict.

              judge run problems/aplusb main.cpp
              judge run problems/aplusb main.py --all-tests --json
            """)

    @Argument(help: "Directory or ZIP file of a problem package.")
    var package: String

    @Argument(help: ArgumentHelp("Source files, or answers.", valueName: "file"))
    var files: [String]

    @Option(name: [.customShort("l"), .long], help: "Id of a language of judge.conf.")
    var language: String?

    @Option(help: ArgumentHelp("The file to start with.", valueName: "name"))
    var entryPoint: String?

    @Flag(help: "Run all tests, also after one that is not accepted.")
    var allTests = false

    @Flag(help: "Show what the program and an interactive problem said to each other.")
    var transcript = false

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var surroundings: Surroundings

    func run() async throws {
        let settings = try surroundings.settings()
        let workspace = PackageWorkspace()
        defer { workspace.remove() }
        let package = package
        let problem = try await untilInterrupted { try workspace.load(package) }
        let files = try SourceReading.files(files)
        let language = try SourceReading.language(
            language, of: files, for: problem, among: settings.languages)
        let sources = SourceSet(files: files, entryPoint: entryPoint)
        try sources.admit(to: problem, in: language)
        let allTests = allTests

        let judgement = try await untilInterrupted {
            let progress = Progress()
            defer { progress.clear() }
            return try await Slots.with(1, settings) { slots in
                guard let slot = slots.first else { throw JudgingError.machine("no slot is open") }
                var limited = problem
                limited.timeLimit = try await Measuring.timeLimit(
                    of: problem, settings, on: slot, progress: progress)
                if problem.runsPrograms { progress.show("compiling") }
                let judge = Judge(settings: settings.judging, languages: settings.languages)
                return try await judge.judge(
                    sources, in: language, problem: limited, allTests: allTests, on: slot
                ) { done, total in progress.show("\(done) of \(total) tests done") }
            }
        }
        var document = JudgementDocument(
            judgement, problem: problem.id, language: language.id, judgedAt: .now)
        document.transcripts = transcript ? .all : .none
        try ResultCommand.print(document, json: json)
        guard judgement.verdict == .accepted else { throw ExitCode(ExitStatus.no.rawValue) }
    }
}

extension Instant {
    /// By this machine's clock.
    static var now: Instant {
        Instant(millisecondsSince1970: Int64(Date.now.timeIntervalSince1970 * 1_000))
    }
}
