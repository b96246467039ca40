import ArgumentParser
import Foundation
import Problems
import Store
import Units

struct ProblemAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Installs a problem package.",
        discussion: """
            The package is read, copied and from then on judged by its copy: later changes to \
            the directory change nothing. If it states no time limit, its accepted examples are \
            run to measure one. Added again, the new version is judged from then on; what was \
            submitted before keeps its version.

              judge problem add problems/aplusb
              judge problem add /srv/contest/a --id contest1-a
            """)

    @Argument(
        help: ArgumentHelp(
            "Directory or ZIP file of a package in the Kattis/ICPC format or Polygon's.",
            valueName: "dir|zip"))
    var package: String

    @Option(help: ArgumentHelp("Install it under this id.", valueName: "name"))
    var id: String?

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var surroundings: Surroundings

    func run() async throws {
        let settings = try surroundings.settings()
        let workspace = PackageWorkspace()
        defer { workspace.remove() }
        let (package, id) = (package, id)
        var problem = try await untilInterrupted { try workspace.load(package, id: id) }
        let store = try await surroundings.store(settings, .create)
        let library = PackageLibrary(directory: settings.problemsDirectory)
        if let present = try await present(problem, library, store) {
            try await store.close()
            return try report(present, problem)
        }
        if problem.timeLimit == nil, problem.runsPrograms {
            let unlimited = problem
            problem.timeLimit = try await untilInterrupted {
                let progress = Progress()
                defer { progress.clear() }
                return try await Slots.with(1, settings) { slots in
                    guard let slot = slots.first else { return nil }
                    return try await Measuring.timeLimit(
                        of: unlimited, settings, on: slot, progress: progress)
                }
            }
        }
        let lock = try library.lock()
        let limited = problem
        let copy = try await untilInterrupted { try library.install(limited) }
        let installed: InstalledProblem
        do {
            installed = try await store.addProblem(
                NewProblem(
                    id: copy.problem.id, name: copy.problem.name,
                    directory: copy.problem.directory, digest: copy.digest,
                    timeLimit: copy.problem.timeLimit))
        } catch {
            library.discard(copy, under: lock)
            throw error
        }
        try await store.close()
        try report(installed, problem)
    }

    /// The installed version, if it is this very package and its copy is still there. Adding it again
    /// then changes nothing, and its time limit is not measured once more.
    private func present(
        _ problem: Problem, _ library: PackageLibrary, _ store: SQLiteStore
    ) async throws -> InstalledProblem? {
        guard let known = try await store.problems().first(where: { $0.id == problem.id }),
            FileManager.default.fileExists(atPath: known.directory),
            try await untilInterrupted({ try library.digest(of: problem) }) == known.digest
        else { return nil }
        return known
    }

    private func report(_ installed: InstalledProblem, _ problem: Problem) throws {
        for warning in problem.warnings { StandardStreams.complain("warning: \(warning)") }
        try StandardStreams.write(
            json
                ? ProblemDocument(installed).json.text + "\n"
                : "\(installed.id): \(problem.tests.count) tests, "
                    + (installed.timeLimit.map { "time limit \($0.secondsText)" }
                        ?? "answers are submitted") + "\n")
    }
}
