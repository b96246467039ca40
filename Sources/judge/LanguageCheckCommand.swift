import ArgumentParser
import Configuration
import Foundation
import JudgeCore
import Judging
import Sandboxing

struct LanguageCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Runs the smoke programs of languages in the sandbox.",
        discussion: """
            Of each language: a program that does nothing, whose cost is measured, one that reads and \
            prints, and others that loop, crash, exit, hog memory, flood their output, do not compile, \
            start threads and processes, print Unicode, read 10^6 integers and recurse 10^5 deep. Without \
            an ID all languages are checked that are installed. Exit 1 if anything is not as it must be, \
            69 if a language that was named is not installed, or none is. JSON is one document a line.

              judge language check
              judge language check java go --json
            """)

    @Argument(help: ArgumentHelp("Ids of languages of judge.conf.", valueName: "id"))
    var ids: [String] = []

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var surroundings: Surroundings

    func run() async throws {
        let settings = try surroundings.settings()
        let chosen =
            try ids.isEmpty
            ? settings.languages : ids.map { try Language.named($0, among: settings.languages) }
        let (json, isNamed) = (json, !ids.isEmpty)
        let (allOK, checked) = try await untilInterrupted {
            try await Slots.with(1, settings) { slots in
                var (allOK, checked) = (true, 0)
                for language in chosen {
                    var document = LanguageDocument(
                        language, missing: settings.missingPrograms(of: language))
                    if document.missing.isEmpty {
                        checked += 1
                        document.toolchain = await MachineRecord.toolchain(
                            of: language, settings, on: slots[0])
                        document.outcome = try await Self.outcome(language, settings, on: slots[0])
                    }
                    allOK = allOK && document.ok
                    try StandardStreams.write(
                        json ? document.checkJSON.text + "\n" : document.checkText)
                }
                return (allOK, checked)
            }
        }
        guard checked == chosen.count || (checked > 0 && !isNamed) else {
            throw CommandFailure(
                .unavailable, "not every language that is asked for is installed; see above")
        }
        guard allOK else { throw ExitCode(ExitStatus.no.rawValue) }
    }

    /// A language without programs, or with one that nobody could submit, is a check that does not hold; a
    /// sandbox that fails ends the command.
    private static func outcome(
        _ language: Language, _ settings: Settings, on slot: any Slot
    ) async throws -> Result<SmokeReport, LanguageFault> {
        let progress = Progress()
        defer { progress.clear() }
        progress.show(language.id)
        do throws(JudgingError) {
            let programs = try SmokePrograms(
                directory: directory(of: language, settings), of: language)
            return .success(
                try await SmokeCheck(settings: settings.judging).check(
                    language, programs, on: slot
                ) { progress.show("\(language.id): \($0.kind.title)") })
        } catch {
            guard case .refused(let why) = error else { throw error }
            return .failure(LanguageFault(text: why))
        }
    }

    /// Where the section says; what is not beside the file that says it was installed with this program.
    private static func directory(of language: Language, _ settings: Settings) -> String {
        let path = settings.smokePrograms[language.id] ?? language.id
        guard !path.hasPrefix("/"), !path.hasPrefix("./") else { return path }
        let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        return program.deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "share/judge/languages").appending(path: path)
            .path(percentEncoded: false)
    }
}
