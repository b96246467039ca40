import ArgumentParser
import Configuration
import Glibc
import JudgeCore
import Judging
import Logging
import Problems
import Sandboxing
import Store
import Synchronization
import UnixSignals
import Worker

struct WorkerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker",
        abstract: "Judges what is queued until told to stop.",
        discussion: """
            Before it judges anything it looks at the machine and attacks its own sandbox, as \
            judge doctor does; what it finds is stored with its judgements, and where something \
            fails it says what mends it and ends with 69.

            Any number of workers may share one database. At SIGTERM or Ctrl-C the worker gives \
            back what it is judging, without counting the attempt, and ends; with 70 if that takes \
            longer than stop in judge.conf. One line for each \
            attempt goes to standard error.

            At SIGHUP it reads judge.conf anew, finishes what it is judging (what takes longer than \
            30 s is given back) and goes on by the new settings. Where those have a mistake, or \
            nothing can be judged by them, it says so and keeps the old ones. A worker with a \
            terminal stops when that closes, unless nohup started it.

              judge worker --slots 2
              judge worker --drain
              judge worker --metrics 127.0.0.1:9464
            """,
        subcommands: [WorkerReleaseCommand.self])

    @OptionGroup var slots: SlotCount

    @Flag(help: "Stop when the queue is empty.")
    var drain = false

    @Option(help: "How to write the log: text or json; else as in judge.conf.")
    var log: LogFormat?

    @OptionGroup var metrics: MetricsOptions

    @OptionGroup var surroundings: Surroundings

    func run() async throws {
        let surroundings = surroundings
        try await WorkerSignals.listening(reading: { try surroundings.settings() }) {
            try await work($0)
        }
    }

    /// Works by one judge.conf after the other. One that the worker cannot work by is left again for the one
    /// before it.
    private func work(_ signals: WorkerSignals) async throws {
        var settings = try surroundings.settings()
        var last: Settings?
        while true {
            let served = signals.served
            do {
                try await work(settings, signals)
            } catch {
                guard let former = last, signals.served == served else { throw error }
                if signals.isStopped { return }
                logger(settings).error(
                    "cannot work by the new settings: those from before are used again",
                    metadata: ["cause": "\(CommandFailure(error)?.text ?? "\(error)")"])
                (settings, last) = (former, nil)
                continue
            }
            guard let new = signals.takeSettings() else { return }
            (settings, last) = (new, settings)
        }
    }

    /// Works by these settings until told to stop or to take others.
    private func work(_ settings: Settings, _ signals: WorkerSignals) async throws {
        let count = slots.count(settings)
        let store = try await surroundings.store(settings, .create)
        let worker = WorkerSettings(
            name: settings.worker.name ?? WorkerSettings.hostAndProcess, slots: count,
            leaseDuration: settings.worker.lease, drain: drain, stopTime: settings.worker.stop,
            repeatShare: settings.worker.repeatShare, spreadTests: settings.worker.spreadTests,
            heldAs: settings.worker.name ?? WorkerSettings.host)
        do {
            try await work(worker, settings, store, signals)
        } catch let refused as WorkerRefused {
            for fault in refused.faults { StandardStreams.complain(fault) }
            let count = refused.faults.count == 1 ? "1 fault" : "\(refused.faults.count) faults"
            throw CommandFailure(
                .unavailable, "nothing is judged on this machine: \(count), see judge doctor")
        }
        try await store.close()
    }

    /// - Throws: `WorkerRefused` when the machine or the sandbox does not hold.
    private func work(
        _ worker: WorkerSettings, _ settings: Settings, _ store: SQLiteStore,
        _ signals: WorkerSignals
    ) async throws {
        let found = HostExamination.findings(settings, slots: worker.slots)
        func admit(_ findings: [HostFinding]) async throws -> Int64 {
            try await Admission.admit(
                DoctorDocument(findings).workerCheck, worker: worker.name, to: store)
        }
        // On a machine that fails there may be no slot to be had: its faults come first.
        if found.contains(where: { $0.level == .fail }) { _ = try await admit(found) }
        let logger = logger(settings)
        do {
            try await Slots.with(worker.slots, settings) { slots in
                if signals.isStopped { throw CommandFailure(.interrupted, "interrupted") }
                let attack = try await untilInterrupted(by: [.sigint, .sigterm]) {
                    let findings = await HostExamination.attack(slots, settings)
                    // What was interrupted has found nothing.
                    try Task.checkCancellation()
                    return findings
                }
                var worker = worker
                worker.hostCheck = try await admit(found + attack)
                try await store.setQueueWeights(settings.queue.weights)
                let counts = WorkerMetrics(slots: worker.slots)
                let first = await MachineRecord.surroundings(settings, on: slots[0])
                let surroundings = KnownSurroundings(first, toolchain: toolchains(settings, logger))
                let judge = Judge(
                    settings: settings.judging, languages: settings.languages, meter: counts,
                    compiled: try compileCache(settings, surroundings, logger))
                let service = WorkerService(
                    store: store,
                    judge: PackageJudge(
                        judge: judge, languages: settings.languages, slots: slots,
                        machine: watch(surroundings, settings, logger), logger: logger),
                    settings: worker, logger: logger, metrics: counts, overdue: Self.endByForce)
                try await metrics.serve(counts, of: judge, store) { port in
                    if let port { logger.info("metrics are served", metadata: ["port": "\(port)"]) }
                    let manager = ServiceManager()
                    manager?.tell("READY=1\nSTATUS=waits for submissions")
                    signals.serves(logger) { service.finish() }
                    try await ServiceManager.watched(
                        manager, isAlive: { (try? await store.isWorkWaiting()) != nil }
                    ) { try await service.runUntilSignalled() }
                    if signals.isLast { manager?.tell("STOPPING=1") }
                }
            }
        } catch let error as SandboxError {
            // No slot could be opened.
            _ = try await admit(found + [SelfAttack.impossible(error.description)])
        }
    }
}

extension WorkerCommand {
    private func logger(_ settings: Settings) -> Logger {
        switch log ?? settings.worker.log {
        case .text: Logger(label: "judge.worker") { StreamLogHandler.standardError(label: $0) }
        case .json: Logger(label: "judge.worker") { JSONLogHandler(label: $0) }
        }
    }

    /// Ends a worker that does not stop. Its helpers end with it, as their sockets close.
    @Sendable
    private static func endByForce() {
        StandardStreams.complain(
            "the worker did not stop in the time that judge.conf gives it; what it judged is judged "
                + "again when its leases run out")
        // Not exit(), which runs what may be what hangs.
        _exit(ExitStatus.broken.rawValue)
    }
}

extension QueueSection {
    fileprivate var weights: QueueWeights {
        QueueWeights(high: high, normal: normal, low: low, rejudging: rejudging)
    }
}

/// Looks at the machine again when compilers or packages were replaced.
private func watch(
    _ surroundings: KnownSurroundings, _ settings: Settings, _ logger: Logger
) -> MachineWatch {
    let first = surroundings.known.machine.helperDigest
    return MachineWatch(
        surroundings,
        helperIsTheSame: { await MachineRecord.helperDigest(settings) == first }
    ) { slot in
        let changed = surroundings.known.files.changed.joined(separator: ", ")
        var now = await MachineRecord.surroundings(settings, on: slot)
        logger.notice(
            "what compilers depend on has changed, and was looked at again",
            metadata: ["files": "\(changed)"])
        if now.machine.helperDigest != first {
            logger.warning(
                "judge-sandbox was replaced: start the worker anew; until then nothing compiled is kept"
            )
            // Of another file in its place nobody knows whether it is the one that runs.
            now.machine.helperDigest = nil
            now.machine.filterDigest = nil
        }
        return now
    }
}

/// Asks a toolchain; says once of each that it does not tell its version.
private func toolchains(_ settings: Settings, _ logger: Logger) -> KnownSurroundings.Finder {
    let told = Mutex<Set<String>>([])
    return { language, slot in
        var found = await MachineRecord.toolchain(of: language, settings, on: slot)
        guard found.digest != nil, !language.version.isEmpty else { return found }
        // One that is just being replaced, or was refused a process, is asked once more.
        if found.version == nil {
            found = await MachineRecord.toolchain(of: language, settings, on: slot)
        }
        if found.version == nil, told.withLock({ $0.insert(language.id).inserted }) {
            logger.warning(
                "a toolchain does not tell its version: nothing that it compiles is kept",
                metadata: ["language": "\(language.id)"])
        }
        return found
    }
}

/// nil where judge.conf says that nothing is kept, and where nothing can be kept.
private func compileCache(
    _ settings: Settings, _ surroundings: KnownSurroundings, _ logger: Logger
) throws(CommandFailure) -> CompileCache? {
    guard let directory = settings.compiledPrograms else { return nil }
    do throws(CacheFault) {
        return try CompileCache(
            directory: directory, limit: settings.compile.cacheSize, surroundings: surroundings,
            logger: logger)
    } catch {
        switch error {
        case .foreign(let why): throw CommandFailure(.unavailable, why)
        case .unusable(let why):
            logger.warning(
                "compiled programs are not kept: each judging compiles",
                metadata: ["cause": "\(why)"])
            return nil
        }
    }
}

extension LogFormat: ExpressibleByArgument {}

extension DoctorDocument {
    var workerCheck: WorkerCheck { WorkerCheck(faults: faults, document: json.text) }
}
