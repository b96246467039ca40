import ArgumentParser

struct LanguageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "language",
        abstract: "Lists the languages and tries them out.",
        discussion: """
            A language is a [language.ID] section of judge.conf, or of a file in languages.d beside \
            it; see docs/languages.md.

              judge language list
              judge language check
              judge language check java python3
            """,
        subcommands: [LanguageListCommand.self, LanguageCheckCommand.self])
}
