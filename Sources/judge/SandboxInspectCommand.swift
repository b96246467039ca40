import ArgumentParser
import Configuration
import Sandboxing

struct SandboxInspectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Shows the world inside a sandbox beside the world outside.",
        discussion: """
            Namespaces, processes, identities, interfaces, routes, files and mounts, host name, \
            environment, descriptors, control groups, limits, filter, Landlock and capabilities, \
            as a run sees them with the default limits of judge sandbox run, and as this command \
            does. Of environments only the names are shown.

              judge sandbox inspect
              judge sandbox inspect --json
            """)

    @OptionGroup(title: "Limits") var limits: SandboxLimitOptions

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var surroundings: Surroundings

    func run() async throws {
        let settings = try surroundings.settings()
        let limits = limits.limits
        let facts = try await untilInterrupted {
            let helper = try Slots.helperPath(settings)
            return try await Slots.with(1, settings) { slots in
                guard let slot = slots.first else { throw SandboxError("no slot is open") }
                return try await Inspection.facts(on: slot, helper: helper, limits: limits)
            }
        }
        let document = InspectionDocument(facts)
        try StandardStreams.write(json ? document.json.text + "\n" : document.text)
    }
}
