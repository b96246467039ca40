import ArgumentParser
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
        help: ArgumentHelp("Directory of a package in the Kattis/ICPC format.", valueName: "dir"))
    var package: String

    @Option(help: ArgumentHelp("Install it under this id.", valueName: "name"))
    var id: String?

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var surroundings: Surroundings

    func run() async throws {
        let settings = try surroundings.settings()
        var problem = try PackageLoader.load(directory: package, id: id)
        let store = try await surroundings.store(settings, .create)
        if problem.timeLimit == nil {
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
        let library = PackageLibrary(directory: settings.problemsDirectory)
        let lock = try library.lock()
        let copy = try library.install(problem)
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
        for warning in problem.warnings { StandardStreams.complain("warning: \(warning)") }
        try StandardStreams.write(
            json
                ? ProblemDocument(installed).json.text + "\n"
                : "\(installed.id): \(problem.tests.count) tests, time limit "
                    + "\(installed.timeLimit?.secondsText ?? "unknown")\n")
    }
}
