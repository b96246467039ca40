import JudgeCore
package import Logging
import ServiceLifecycle
package import Store
import Synchronization
import UnixSignals

/// Judges what is queued until it is told to stop.
///
/// One task hands work to free slots: woken by the store when anything changed in any process, when
/// a slot becomes free, and when the next lease of another worker runs out. Each claimed job has a
/// task of its own (`JobRunner`) that keeps the lease while the judge judges. Every change is also a
/// look at the leases held (`HeldLeases`): one that is lost, as by cancelling, stops its judging.
///
/// A slot for which nothing waits is lent to a judging that goes on in another one (`Loans`), which
/// gives it back between two of its tests when something comes.
///
/// Graceful shutdown and cancellation are the same: nothing more is claimed, all judging is
/// cancelled, and each job is given back without counting the attempt; one that is just judged is
/// stored. `run` returns when the last judging has ended, which the sandbox promises within
/// milliseconds, and one short transaction per slot is done. Whoever started it is told when a
/// graceful shutdown takes longer than `WorkerSettings.stopTime`: what is left then is to end the
/// process, whose leases run out.
package struct WorkerService<C: Clock>: Service where C.Duration == Duration {
    private let store: any JobStore
    private let settings: WorkerSettings
    private let metrics: WorkerMetrics?
    private let logger: Logger
    private let clock: C
    private let overdue: @Sendable () -> Void
    private let held: HeldLeases
    private let runner: JobRunner<C>
    private let repetitions: Repetitions
    private let repeater: RepetitionRunner
    private let finishing = FinishRequest()

    /// - Parameters:
    ///   - metrics: is told what happens; nil when nobody asks.
    ///   - chance: from 0 to below 1, for the share of judgings that are made again.
    ///   - clock: measures renewals, pauses and the stop; leases expire by the store's clock.
    ///   - overdue: called when a graceful shutdown has taken longer than the settings allow.
    package init(
        store: any JobStore, judge: any SubmissionJudge, settings: WorkerSettings, logger: Logger,
        metrics: WorkerMetrics? = nil,
        chance: @escaping @Sendable () -> Double = { .random(in: 0..<1) }, clock: C,
        overdue: @escaping @Sendable () -> Void = {}
    ) {
        repeater = RepetitionRunner(
            store: store, judge: judge, settings: settings, metrics: metrics, logger: logger)
        repetitions = Repetitions(share: settings.repeatShare, chance: chance)
        self.store = store
        self.settings = settings
        self.metrics = metrics
        self.logger = logger
        self.clock = clock
        self.overdue = overdue
        held = HeldLeases(store: store)
        runner = JobRunner(
            store: store, held: held, judge: judge, leaseDuration: settings.leaseDuration,
            logger: logger, metrics: metrics, clock: clock)
    }

    /// Works until the group shuts down, the task is cancelled or, with `drain`, the queue is empty.
    ///
    /// - Throws: `StoreError` when the store fails in a way that waiting does not mend.
    package func run() async throws {
        let watch = Mutex<Task<Void, Never>?>(nil)
        defer { watch.withLock { $0?.cancel() } }
        try await withGracefulShutdownHandler {
            try await cancelWhenGracefulShutdown { try await work() }
        } onGracefulShutdown: {
            // Not a child of the work: it is there for the case that the work does not end.
            watch.withLock { $0 = Task { await watchStop() } }
        }
    }

    /// Lets the worker take nothing more and judge to the end what it has; then `run` returns. What takes
    /// longer than `finishTime` is given back, without counting the attempt. At any time, from any thread, also
    /// before `run`.
    package func finish() { finishing.ask() }

    /// How long a worker that shall finish judges on.
    package static var finishTime: Duration { .seconds(30) }

    private func watchStop() async {
        guard (try? await clock.sleep(for: settings.stopTime)) != nil else { return }
        logger.error(
            "worker does not stop",
            metadata: ["worker": "\(settings.name)", "after": "\(settings.stopTime)"])
        overdue()
    }

    /// Works as `run` does, and stops at SIGTERM and SIGINT.
    package func runUntilSignalled() async throws {
        let service = ServiceGroupConfiguration.ServiceConfiguration(
            service: self, successTerminationBehavior: .gracefullyShutdownGroup,
            failureTerminationBehavior: .gracefullyShutdownGroup, serviceName: "worker")
        var quiet = logger
        quiet.logLevel = .warning
        let configuration = ServiceGroupConfiguration(
            services: [service], gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet)
        try await ServiceGroup(configuration: configuration).run()
    }

    private func work() async throws {
        let changes = try store.changes()
        let (looks, look) = AsyncStream.makeStream(
            of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let slots = FreeSlots(count: settings.slots)
        logger.info(
            "worker started",
            metadata: ["worker": "\(settings.name)", "slots": "\(settings.slots)"])
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask {
                for await _ in changes {
                    look.yield()
                    await held.look()
                }
            }
            finishing.whenAsked { look.yield() }
            var alarm: C.Instant?
            var latest: C.Instant?
            var isHeld = false
            for await _ in looks {
                if finishing.isAsked {
                    // What is lent comes back with the judging that has it.
                    if slots.areAllFree { break }
                    if let latest, clock.now >= latest { break }
                    latest = latest ?? wake(look, after: Self.finishTime, &group)
                    continue
                }
                let allWereFree = slots.areAllFree
                var filled = try await fill(slots, look, &group)
                if filled == .held, !isHeld {
                    logger.warning(
                        "the worker is held back: a repeated judging came to something else",
                        metadata: ["worker": "\(settings.heldAs)"])
                }
                isHeld = filled == .held
                if settings.drain, allWereFree {
                    do {
                        if try await isDrained(filled) { break }
                    } catch let error as StoreError where error.fault == .temporary {
                        filled = .later
                    }
                }
                guard let delay = try await timeToLook(after: filled) else { continue }
                if let alarm, alarm > clock.now, alarm <= clock.now.advanced(by: delay) { continue }
                alarm = wake(look, after: delay, &group)
            }
            group.cancelAll()
        }
        logger.info("worker stopped", metadata: ["worker": "\(settings.name)"])
    }

    /// - Returns: when the worker looks again, at the latest.
    private func wake(
        _ look: AsyncStream<Void>.Continuation, after delay: Duration,
        _ group: inout ThrowingDiscardingTaskGroup<any Error>
    ) -> C.Instant {
        let time = clock.now.advanced(by: delay)
        group.addTask {
            guard (try? await clock.sleep(until: time, tolerance: nil)) != nil else { return }
            look.yield()
        }
        return time
    }

    /// Whether there is nothing left to do, or nothing that this worker may do.
    private func isDrained(_ filled: Filled) async throws(StoreError) -> Bool {
        switch filled {
        case .held: true
        case .nothingToDo: try await isQueueEmpty()
        case .allSlotsBusy, .allHandedOut, .later: false
        }
    }

    /// Whether nobody's job waits or runs: one of a worker that died comes back when its lease ends.
    private func isQueueEmpty() async throws(StoreError) -> Bool {
        let length = try await store.queueLength()
        return length.queued == 0 && length.running == 0
    }

    /// Claims a job for every free slot, as long as there are jobs.
    private func fill(
        _ slots: FreeSlots, _ look: AsyncStream<Void>.Continuation,
        _ group: inout ThrowingDiscardingTaskGroup<any Error>
    ) async throws(StoreError) -> Filled {
        var claimed = repeatJudgings(slots, look, &group)
        do {
            if try await store.isHeld(settings.heldAs) {
                slots.work(isWaiting: false)
                // What waits to be repeated wakes us with the slot that it waits for.
                return claimed || !repetitions.isEmpty ? .allSlotsBusy : .held
            }
        } catch  where error.fault == .temporary {
            return .later
        }
        while !Task.isCancelled, let slot = slots.take() {
            let claim: Claim?
            do {
                claim = try await store.claim(
                    worker: settings.name, leaseDuration: settings.leaseDuration,
                    hostCheck: settings.hostCheck)
            } catch  where error.fault == .temporary {
                slots.free(slot)
                logger.warning("no job could be claimed", metadata: ["cause": "\(error)"])
                return .later
            }
            guard let claim else {
                slots.free(slot)
                slots.work(isWaiting: false)
                return claimed ? .allHandedOut : .nothingToDo
            }
            claimed = true
            let isRepeated = repetitions.choose()
            let loans = isRepeated ? nil : loans(of: slots, to: claim, look)
            group.addTask {
                let end = await runner.run(claim, slot: slot, loans: loans)
                if isRepeated, let judgement = end.judgement {
                    repetitions.add(claim, judgement, slot: slot)
                }
                await pause(slots.failuresInARow(at: slot, succeeded: end.succeeded))
                slots.free(slot)
                look.yield()
            }
        }
        return try await askBack(slots)
    }

    /// What a judging may borrow. Whoever gives a slot back wakes the worker: there may be work for it.
    private func loans(of slots: FreeSlots, to claim: Claim, _ look: AsyncStream<Void>.Continuation)
        -> Loans?
    {
        guard settings.spreadTests, settings.slots > 1 else { return nil }
        return Loans(
            of: claim.lease.jobID, slots, repetitions, metrics: metrics, logger: logger,
            givenBack: { look.yield() })
    }

    /// Asks for slots that are lent when there is work and no slot is free.
    private func askBack(_ slots: FreeSlots) async throws(StoreError) -> Filled {
        guard !Task.isCancelled, slots.hasLent else { return .allSlotsBusy }
        do {
            let isWaiting = try await store.isWorkWaiting()
            slots.work(isWaiting: isWaiting)
            return isWaiting ? .allSlotsBusy : .allHandedOut
        } catch  where error.fault == .temporary {
            return .later
        }
    }

    /// Makes judgings that wait for it again, each in another slot than before.
    ///
    /// - Returns: whether one began.
    private func repeatJudgings(
        _ slots: FreeSlots, _ look: AsyncStream<Void>.Continuation,
        _ group: inout ThrowingDiscardingTaskGroup<any Error>
    ) -> Bool {
        var began = false
        while !Task.isCancelled, let first = repetitions.nextSlot {
            guard let slot = slots.take(except: first) else {
                slots.askBack(except: first)
                break
            }
            guard let waiting = repetitions.take() else {
                slots.free(slot)
                break
            }
            began = true
            group.addTask {
                await repeater.run(waiting, slot: slot)
                slots.free(slot)
                look.yield()
            }
        }
        return began
    }

    /// A slot whose attempts fail one after the other takes less and less work, so that a broken
    /// machine does not spend the attempts of the whole queue.
    private func pause(_ failures: Int) async {
        guard failures > 0 else { return }
        let pause = Duration.milliseconds(250) * (1 << min(failures - 1, 7))
        // Cancelled: the worker stops, and there is nothing to wait for.
        try? await clock.sleep(for: min(pause, .seconds(30)))
    }

    /// When to look for work although nobody says that there is some; nil: when a slot is free.
    private func timeToLook(after filled: Filled) async throws(StoreError) -> Duration? {
        switch filled {
        case .allSlotsBusy: return nil
        case .later: return .seconds(1)
        // Who releases the worker changes the store, which wakes.
        case .held: return nil
        case .allHandedOut, .nothingToDo:
            do {
                return min(try await store.timeToNextExpiry() ?? .seconds(30), .seconds(30))
            } catch  where error.fault == .temporary {
                return .seconds(1)
            }
        }
    }
}

extension WorkerService where C == ContinuousClock {
    package init(
        store: any JobStore, judge: any SubmissionJudge, settings: WorkerSettings, logger: Logger,
        metrics: WorkerMetrics? = nil, overdue: @escaping @Sendable () -> Void = {}
    ) {
        self.init(
            store: store, judge: judge, settings: settings, logger: logger, metrics: metrics,
            clock: ContinuousClock(), overdue: overdue)
    }
}

/// Why claiming ended.
private enum Filled {
    case allSlotsBusy
    /// Some jobs were claimed, then none was left.
    case allHandedOut
    case nothingToDo
    /// The store has no time or space now.
    case later
    /// The worker may have no new work.
    case held
}
