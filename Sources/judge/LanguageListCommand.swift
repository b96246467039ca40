import ArgumentParser
import Configuration
import JudgeCore

struct LanguageListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists the languages, which of them are installed, and what brings the rest.",
        discussion: """
            Versions are what the toolchains say, in the sandbox; where none can be had, the table \
            comes without them and the command says why.

              judge language list
              judge language list --json
            """)

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var surroundings: Surroundings

    func run() async throws {
        let settings = try surroundings.settings()
        var rows = settings.languages.map {
            LanguageDocument($0, missing: settings.missingPrograms(of: $0))
        }
        let installed = rows.filter(\.missing.isEmpty).map(\.language)
        var failure: (any Error)?
        do {
            let machine = try await untilInterrupted {
                try await Slots.with(1, settings) { slots in
                    await MachineRecord.machine(settings, installed, on: slots[0])
                }
            }
            for index in rows.indices {
                rows[index].toolchain = machine.toolchains[rows[index].language.id]
            }
        } catch let error as CancellationError {
            throw error
        } catch {
            failure = error
        }
        let text =
            json
            ? JSON.array(rows.map(\.json)).text
            : LanguageDocument.table(rows).joined(separator: "\n")
        try StandardStreams.write(text + "\n")
        if let failure { throw failure }
    }
}
