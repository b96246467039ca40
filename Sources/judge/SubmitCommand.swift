import ArgumentParser
import Configuration
import JudgeCore
import Judging
import Problems
import Store

struct SubmitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "submit",
        abstract: "Stores a submission durably and prints its id.",
        discussion: """
            The language is that of the files' endings unless --language names one. Where a \
            problem takes answers and no programs, the files are called like its tests. When the \
            command returns, the submission is on disk; a worker judges it.

              judge submit aplusb main.cpp
              judge submit aplusb main.cpp util.h --language cpp20 --user ada --wait
            """)

    @Argument(help: "Id of an installed problem; see judge problem list.")
    var problem: String

    @Argument(help: ArgumentHelp("Source files, or answers.", valueName: "file"))
    var files: [String]

    @Option(name: [.customShort("l"), .long], help: "Id of a language of judge.conf.")
    var language: String?

    @Option(help: ArgumentHelp("The file to start with.", valueName: "name"))
    var entryPoint: String?

    @Option(help: ArgumentHelp("Who submits.", valueName: "name"))
    var user: String?

    @Option(help: "Place in the queue.")
    var priority: PriorityName = .normal

    @Flag(help: "Wait for the verdict and print it; exit 1 unless it is AC.")
    var wait = false

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var surroundings: Surroundings

    func validate() throws {
        guard let user else { return }
        guard (1...255).contains(user.utf8.count) else {
            throw ValidationError("--user takes 1 to 255 bytes")
        }
    }

    func run() async throws {
        let settings = try surroundings.settings()
        let sources = try SourceReading.files(files)
        let store = try await surroundings.store(settings, .write)
        let target = try await store.installedPackage(problem)
        let language = try SourceReading.language(
            language, of: sources, for: target, among: settings.languages)
        try SourceSet(files: sources, entryPoint: entryPoint).admit(to: target, in: language)
        let id = try await store.submit(
            NewSubmission(
                problem: problem, language: language.id, user: user, entryPoint: entryPoint,
                priority: priority.priority, files: sources))
        guard wait else {
            let record = try await store.record(of: id)
            try await store.close()
            return try StandardStreams.write(
                json ? JudgementDocument(record).json.text + "\n" : "\(id)\n")
        }
        try await ResultCommand.printWhenSettled(
            [id], from: store, json: json, first: json ? "" : "\(id)\n")
    }
}

extension JobStore {
    /// The newest version of a problem; an unknown id is answered with the nearest one.
    func installed(_ id: String) async throws -> InstalledProblem {
        do throws(StoreError) {
            return try await problem(id)
        } catch {
            guard case .noSuchProblem = error else { throw error }
            let known = try await problems().map(\.id)
            let hint =
                nearest(to: id, among: known).map { "did you mean \($0)?" }
                ?? "see judge problem list"
            throw CommandFailure(.badInput, "there is no problem \"\(id)\"; \(hint)")
        }
    }

    /// The package of the newest version, with the time limit that it is judged by.
    ///
    /// - Throws: a failure that says so when the installed copy cannot be used.
    func installedPackage(_ id: String) async throws -> Problem {
        let installed = try await installed(id)
        do {
            var problem = try PackageLoader.load(directory: installed.directory, id: installed.id)
            problem.timeLimit = installed.timeLimit ?? problem.timeLimit
            return problem
        } catch {
            throw CommandFailure(
                .unavailable, "cannot use the installed copy of problem \(id): \(error)")
        }
    }
}
