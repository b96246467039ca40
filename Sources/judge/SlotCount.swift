import ArgumentParser
import Configuration

/// `--slots` of the commands that use several.
struct SlotCount: ParsableArguments {
    @Option(help: ArgumentHelp("Runs at one time, instead of judge.conf's.", valueName: "n"))
    var slots: Int?

    func validate() throws {
        guard let slots else { return }
        guard (1...WorkerSection.slotsAtMost).contains(slots) else {
            throw ValidationError("--slots must be between 1 and \(WorkerSection.slotsAtMost)")
        }
    }

    /// What was asked for, else what judge.conf says.
    func count(_ settings: Settings) -> Int { slots ?? settings.worker.slots }
}
