import ArgumentParser
import Configuration
import Foundation
import Judging
import Problems
import Store

struct ProblemVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Runs the examples of packages and compares with what their authors expect.",
        discussion: """
            Needs no database for directories. MLE counts as RTE, OLE as whichever of RTE, TLE \
            and WA is expected. The package's own validators are tried on outputs that no example \
            prints. Exit 1 if anything is not as expected. JSON is one document a line.

              judge problem verify problems/*
              judge problem verify aplusb --all-tests --slots 2 --json
            """)

    @Argument(
        help: ArgumentHelp(
            "Directories or ZIP files of packages, or ids of installed problems.",
            valueName: "package"))
    var packages: [String]

    @Flag(help: "Run all tests, also after one that is not accepted.")
    var allTests = false

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var slots: SlotCount
    @OptionGroup var surroundings: Surroundings

    func run() async throws {
        let settings = try surroundings.settings()
        var problems: [Problem] = []
        let workspace = PackageWorkspace()
        defer { workspace.remove() }
        for package in packages {
            problems.append(try await load(package, settings, workspace))
        }
        let (all, json, allTests, count) = (problems, json, allTests, slots.count(settings))

        let allOK = try await untilInterrupted {
            let progress = Progress()
            defer { progress.clear() }
            let verifier = PackageVerifier(
                settings: settings.judging, languages: settings.languages,
                absent: settings.absentLanguages)
            return try await Slots.with(count, settings) { slots in
                var allOK = true
                for problem in all {
                    let found = try await verifier.verify(problem, allTests: allTests, on: slots) {
                        progress.show("\(problem.id): \($0.sentence)")
                    }
                    progress.clear()
                    let document = VerificationDocument(found)
                    try StandardStreams.write(json ? document.json.text + "\n" : document.text)
                    allOK = allOK && found.ok
                }
                return allOK
            }
        }
        guard allOK else { throw ExitCode(ExitStatus.no.rawValue) }
    }

    /// A directory or ZIP file if there is one of this name, else an installed problem.
    private func load(
        _ package: String, _ settings: Settings, _ workspace: PackageWorkspace
    ) async throws -> Problem {
        if package.contains("/") || FileManager.default.fileExists(atPath: package) {
            return try await untilInterrupted { try workspace.load(package) }
        }
        let store = try await surroundings.store(settings, .read)
        let problem = try await store.installedPackage(package)
        try await store.close()
        return problem
    }
}
