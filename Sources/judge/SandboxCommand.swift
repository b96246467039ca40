import ArgumentParser

struct SandboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox",
        abstract: "The sandbox by itself, for scripts and tests.",
        subcommands: [SandboxRunCommand.self, SandboxInspectCommand.self])
}
