import JudgeCore
import Judging
import Metrics
import Store
import Testing
import Worker

@Suite("What a worker counts", .timeLimit(.minutes(1)))
struct WorkerMetricsTests {
    private func sample(
        _ families: [MetricFamily], _ name: String, _ label: String? = nil, suffix: String = ""
    ) -> Double? {
        families.first { $0.name == name }?.samples.first {
            $0.suffix == suffix && (label == nil || $0.labels.map(\.value).contains(label ?? ""))
        }?.value
    }

    private func families(_ metrics: WorkerMetrics) -> [MetricFamily] {
        metrics.families(
            queue: [WaitingClass(name: "high", length: 3, oldestAge: .milliseconds(1_500))],
            heldWorkers: 1, compiled: CacheUse(hits: 3, misses: 4),
            validators: CacheUse(hits: 5, misses: 2), diskFree: 7)
    }

    @Test("Claims, attempts by outcome, verdicts and phases are counted as they happen")
    func worker() async throws {
        let fixture = try await Fixture()
        let metrics = WorkerMetrics(slots: 2)
        for _ in 0..<3 { _ = try await fixture.submit() }
        let judge = FakeJudge { submission in
            submission.id == 2 ? .fails("the machine broke") : .answers(.wrongAnswer)
        }
        let worker = fixture.worker(judge, metrics: metrics)
        let running = Task { try await worker.run() }
        // The slot that failed pauses; then nothing is done but that is known.
        await fixture.clock.sleeps.wait { $0 == .milliseconds(250) }
        running.cancel()
        try await running.value
        let families = families(metrics)
        #expect(sample(families, "judge_claims_total") == 2)
        #expect(sample(families, "judge_attempts_total", "judged") == 1)
        #expect(sample(families, "judge_attempts_total", "failed") == 1)
        #expect(sample(families, "judge_attempts_total", "lease-lost") == 0)
        #expect(sample(families, "judge_verdicts_total", "WA") == 1)
        #expect(sample(families, "judge_verdicts_total", "AC") == 0)
        #expect(sample(families, "judge_slots") == 2)
        #expect(sample(families, "judge_slots_busy") == 0)
        let phases = "judge_phase_duration_seconds"
        #expect(sample(families, phases, "wait", suffix: "_count") == 2)
        #expect(sample(families, phases, "store", suffix: "_count") == 1)
        #expect(sample(families, phases, "run", suffix: "_count") == 0)
    }

    @Test("A slot is busy while it judges, and a lease that is lost is counted")
    func busy() async throws {
        let fixture = try await Fixture()
        let metrics = WorkerMetrics(slots: 1)
        _ = try await fixture.submit()
        let judge = FakeJudge { _ in .hangs }
        let worker = fixture.worker(judge, metrics: metrics)
        let running = Task { try await worker.run() }
        await judge.events.wait { $0 == .began(submission: 1, slot: 0) }
        #expect(sample(families(metrics), "judge_slots_busy") == 1)
        fixture.time.advance(by: .seconds(31))
        _ = try await fixture.another().claim(worker: "thief", leaseDuration: .seconds(30))
        fixture.clock.advance(by: .seconds(10))
        await judge.events.wait { $0 == .cancelled(submission: 1) }
        // What ended the judging was the lease; the attempt is over when the worker is.
        running.cancel()
        try await running.value
        #expect(sample(families(metrics), "judge_leases_lost_total") == 1)
        #expect(sample(families(metrics), "judge_attempts_total", "lease-lost") == 1)
        #expect(sample(families(metrics), "judge_slots_busy") == 0)
    }

    @Test("What runs report is counted: set-up, kills for memory, times of compiling and checking")
    func reports() {
        let metrics = WorkerMetrics(slots: 1)
        metrics.ran(setup: .microseconds(1_500), oomKills: 2, took: .milliseconds(30))
        metrics.compiled(took: .seconds(2))
        metrics.checked(took: .microseconds(10))
        let families = families(metrics)
        #expect(sample(families, "judge_oom_kills_total") == 2)
        let setup = "judge_sandbox_setup_duration_seconds"
        #expect(sample(families, setup, "0.001", suffix: "_bucket") == 0)
        #expect(sample(families, setup, "0.002", suffix: "_bucket") == 1)
        let phases = "judge_phase_duration_seconds"
        #expect(sample(families, phases, "compile", suffix: "_sum") == 2)
        #expect(sample(families, phases, "run", suffix: "_sum") == 0.03)
        #expect(sample(families, phases, "check", suffix: "_count") == 1)
        #expect(sample(families, "judge_queue_length", "high") == 3)
        #expect(sample(families, "judge_queue_oldest_age_seconds", "high") == 1.5)
        #expect(sample(families, "judge_compile_cache_requests_total", "hit") == 3)
        #expect(sample(families, "judge_compile_cache_requests_total", "miss") == 4)
        #expect(sample(families, "judge_validator_cache_requests_total", "hit") == 5)
        #expect(sample(families, "judge_disk_free_bytes") == 7)
    }

    @Test("Names follow Prometheus: counters end in _total, times in seconds, sizes in bytes")
    func names() {
        for family in families(WorkerMetrics(slots: 1)) {
            #expect(family.name.hasPrefix("judge_"))
            #expect(family.name.hasSuffix("_total") == (family.kind == .counter), "\(family.name)")
            #expect(family.help.hasSuffix("."))
            if family.kind == .histogram { #expect(family.name.hasSuffix("_seconds")) }
            let names = Set(family.samples.flatMap { $0.labels.map(\.name) })
            #expect(names.count <= 2, "\(family.name) has the labels \(names)")
        }
    }
}
