import ArgumentParser

struct ProblemCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "problem",
        abstract: "Installs, shows, checks and removes problems.",
        discussion: """
              judge problem verify problems/aplusb
              judge problem add problems/aplusb
              judge problem list
            """,
        subcommands: [
            ProblemAddCommand.self, ProblemListCommand.self, ProblemShowCommand.self,
            ProblemRemoveCommand.self, ProblemVerifyCommand.self,
        ])
}
