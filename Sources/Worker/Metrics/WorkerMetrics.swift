import JudgeCore
package import Judging
package import Metrics
package import Store
import Synchronization

/// What one worker counts while it works, for `judge worker --metrics`. Names and meanings are in
/// docs/operating.md.
package final class WorkerMetrics: JudgingMeter {
    /// Parts of an attempt, in their order.
    enum Phase: String, CaseIterable {
        /// From being queued to being claimed.
        case wait
        case compile
        /// One run of the submission on one test.
        case run
        case check
        /// Writing the judgement.
        case store
    }

    /// What making a judging again came to.
    enum RepetitionResult: String, CaseIterable {
        case same
        case different
        /// Through the machine, which says nothing of the verdict.
        case failed
    }

    /// Seconds.
    private static let phaseBounds = [
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300,
    ]
    private static let setupBounds = [
        0.0005, 0.001, 0.002, 0.003, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1,
    ]

    private struct State {
        var claims = 0
        var leasesLost = 0
        var attempts: [String: Int] = [:]
        var verdicts: [Verdict: Int] = [:]
        var repetitions: [RepetitionResult: Int] = [:]
        var phases: [Phase: Histogram] = [:]
        var setup = Histogram(bounds: WorkerMetrics.setupBounds)
        var oomKills = 0
        var slotsBusy = 0
    }

    private let slots: Int
    private let state = Mutex(State())

    package init(slots: Int) {
        self.slots = slots
    }

    // MARK: - Counting

    package func compiled(took: Duration) { observe(.compile, took) }

    package func ran(setup: Duration, oomKills: Int, took: Duration) {
        observe(.run, took)
        state.withLock { state in
            state.setup.observe(setup.seconds)
            state.oomKills += oomKills
        }
    }

    package func checked(took: Duration) { observe(.check, took) }

    func observe(_ phase: Phase, _ took: Duration) {
        state.withLock { state in
            state.phases[phase, default: Histogram(bounds: Self.phaseBounds)]
                .observe(took.seconds)
        }
    }

    func claimed(after wait: Duration?) {
        state.withLock { state in
            state.claims += 1
            state.slotsBusy += 1
        }
        if let wait { observe(.wait, wait) }
    }

    func lent(_ slots: Int) {
        state.withLock { $0.slotsBusy += slots }
    }

    /// - Parameter outcome: as in the log: `judged`, `failed`, `given-back`, `lease-lost`,
    ///   `unwritten`.
    func ended(_ outcome: String, verdict: Verdict?) {
        state.withLock { state in
            state.slotsBusy -= 1
            state.attempts[outcome, default: 0] += 1
            if outcome == "lease-lost" { state.leasesLost += 1 }
            if let verdict { state.verdicts[verdict, default: 0] += 1 }
        }
    }

    func repeated(_ result: RepetitionResult) {
        state.withLock { $0.repetitions[result, default: 0] += 1 }
    }

    // MARK: - Telling

    /// All families now, in a fixed order.
    ///
    /// - Parameters:
    ///   - queue: what waits, by priority; nil when the store does not say.
    ///   - heldWorkers: how many are held back, of all of the database; nil when the store does not say.
    ///   - diskFree: bytes where the database lies; nil when the system does not say.
    package func families(
        queue: [WaitingClass]?, heldWorkers: Int?, compiled: CacheUse, validators: CacheUse,
        diskFree: Int64?
    ) -> [MetricFamily] {
        let state = state.withLock { $0 }
        return queueFamilies(queue) + workFamilies(state) + timeFamilies(state) + [
            cacheFamily(
                "judge_compile_cache_requests_total", compiled,
                help: "Compilations asked for, by whether what comes of them was there already."),
            cacheFamily(
                "judge_validator_cache_requests_total", validators,
                help: "Compiled validators asked for, by whether they were there already."),
            MetricFamily(
                "judge_repetitions_total", .counter,
                help: "Judgings that this worker made again, by what that came to.",
                samples: RepetitionResult.allCases.map {
                    .init(
                        Double(state.repetitions[$0] ?? 0), labels: [.init("result", $0.rawValue)])
                }),
            MetricFamily(
                "judge_held_workers", .gauge,
                help: "Workers of the database that are held back from new work.",
                samples: heldWorkers.map { [.init(Double($0))] } ?? []),
            MetricFamily(
                "judge_disk_free_bytes", .gauge,
                help: "Free space of the file system with the database.",
                samples: diskFree.map { [.init(Double($0))] } ?? []),
        ]
    }

    private func cacheFamily(_ name: String, _ use: CacheUse, help: String) -> MetricFamily {
        MetricFamily(
            name, .counter, help: help,
            samples: [
                .init(Double(use.hits), labels: [.init("result", "hit")]),
                .init(Double(use.misses), labels: [.init("result", "miss")]),
            ])
    }

    /// A class that is empty has a length of 0 and an age of 0.
    private func queueFamilies(_ queue: [WaitingClass]?) -> [MetricFamily] {
        func samples(_ value: (WaitingClass) -> Double) -> [MetricFamily.Sample] {
            (queue ?? []).map {
                .init(value($0), labels: [.init("priority", $0.name)])
            }
        }
        return [
            MetricFamily(
                "judge_queue_length", .gauge,
                help: "Submissions of the database that wait, by priority.",
                samples: samples { Double($0.length) }),
            MetricFamily(
                "judge_queue_oldest_age_seconds", .gauge,
                help: "How long the oldest of them has waited, by priority.",
                samples: samples { ($0.oldestAge ?? .zero).seconds }),
        ]
    }

    private func workFamilies(_ state: State) -> [MetricFamily] {
        [
            MetricFamily(
                "judge_claims_total", .counter, help: "Jobs that this worker claimed.",
                value: Double(state.claims)),
            MetricFamily(
                "judge_leases_lost_total", .counter,
                help: "Jobs that were taken from this worker while it judged them.",
                value: Double(state.leasesLost)),
            MetricFamily(
                "judge_attempts_total", .counter, help: "Attempts that ended, by outcome.",
                samples: ["judged", "failed", "given-back", "lease-lost", "unwritten"].map {
                    .init(Double(state.attempts[$0] ?? 0), labels: [.init("outcome", $0)])
                }),
            MetricFamily(
                "judge_verdicts_total", .counter, help: "Judgements that were stored, by verdict.",
                samples: Verdict.allCases.map {
                    .init(
                        Double(state.verdicts[$0] ?? 0), labels: [.init("verdict", $0.rawValue)])
                }),
            MetricFamily(
                "judge_slots", .gauge, help: "Slots of this worker.", value: Double(slots)),
            MetricFamily(
                "judge_slots_busy", .gauge, help: "Slots that judge now.",
                value: Double(state.slotsBusy)),
            MetricFamily(
                "judge_oom_kills_total", .counter,
                help: "Processes of submissions that the kernel killed for memory.",
                value: Double(state.oomKills)),
        ]
    }

    private func timeFamilies(_ state: State) -> [MetricFamily] {
        [
            MetricFamily(
                "judge_phase_duration_seconds", .histogram,
                help: "Elapsed time of the parts of an attempt; run and check for each test.",
                samples: Phase.allCases.flatMap { phase in
                    (state.phases[phase] ?? Histogram(bounds: Self.phaseBounds))
                        .samples(labels: [.init("phase", phase.rawValue)])
                }),
            MetricFamily(
                "judge_sandbox_setup_duration_seconds", .histogram,
                help: "From the request of a run to the start of its program.",
                samples: state.setup.samples()),
        ]
    }
}

extension Duration {
    fileprivate var seconds: Double { self / .seconds(1) }
}

extension Priority {
    fileprivate var name: String {
        switch self {
        case .low: "low"
        case .normal: "normal"
        case .high: "high"
        }
    }
}
