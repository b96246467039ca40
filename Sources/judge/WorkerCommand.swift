import ArgumentParser
import Configuration
import Judging
import Logging
import Store
import Worker

struct WorkerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker",
        abstract: "Judges what is queued until told to stop.",
        discussion: """
            Any number of workers may share one database. At SIGTERM or Ctrl-C the worker gives \
            back what it is judging, without counting the attempt, and ends. One line for each \
            attempt goes to standard error.

              judge worker --slots 2
              judge worker --drain
            """)

    @Option(help: ArgumentHelp("Runs at one time, instead of judge.conf's.", valueName: "n"))
    var slots: Int?

    @Flag(help: "Stop when the queue is empty.")
    var drain = false

    @OptionGroup var surroundings: Surroundings

    func validate() throws {
        guard let slots else { return }
        guard (1...WorkerSection.slotsAtMost).contains(slots) else {
            throw ValidationError("--slots must be between 1 and \(WorkerSection.slotsAtMost)")
        }
    }

    func run() async throws {
        let settings = try surroundings.settings()
        let count = slots ?? settings.worker.slots
        let store = try await surroundings.store(settings, .create)
        let worker = WorkerSettings(
            name: settings.worker.name ?? WorkerSettings.hostAndProcess, slots: count,
            leaseDuration: settings.worker.lease, drain: drain)
        let logger = Logger(label: "judge.worker") { StreamLogHandler.standardError(label: $0) }
        try await Slots.with(count, settings) { slots in
            let judge = PackageJudge(
                judge: Judge(settings: settings.judging), languages: settings.languages,
                slots: slots)
            try await WorkerService(store: store, judge: judge, settings: worker, logger: logger)
                .runUntilSignalled()
        }
        try await store.close()
    }
}
