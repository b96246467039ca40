import JudgeCore
import Logging
import Store

/// Walks one claimed job to its end: keeps the lease while the judge judges, then writes the result,
/// the failure, or that the job is given back.
struct JobRunner<C: Clock>: Sendable where C.Duration == Duration {
    let store: any JobStore
    let held: HeldLeases
    let judge: any SubmissionJudge
    let leaseDuration: Duration
    let logger: Logger
    let metrics: WorkerMetrics?
    let clock: C

    /// What an attempt means for its slot.
    struct End: Sendable {
        /// false when it failed for a reason that is the judge's or the machine's.
        var succeeded: Bool
        /// That was stored.
        var judgement: Judgement?
    }

    /// - Parameter loans: lends further slots to the judging; nil: none.
    func run(_ claim: Claim, slot: Int, loans: Loans?) async -> End {
        let started = clock.now
        // What an earlier attempt took is no waiting.
        metrics?.claimed(after: claim.lease.attempt == 1 ? claim.waited : nil)
        let attempt = await attempt(claim, slot, loans)
        let outcome = await settle(claim.lease, attempt)
        metrics?.ended(outcome.word, verdict: outcome.verdict)
        log(outcome, claim, slot, loans, took: started.duration(to: clock.now))
        switch outcome {
        case .judged:
            guard case .judged(let judgement) = attempt else { return End(succeeded: true) }
            return End(succeeded: true, judgement: judgement)
        case .givenBack, .leaseLost: return End(succeeded: true)
        case .failed, .unwritten: return End(succeeded: false)
        }
    }

    // MARK: - Judging under the lease

    /// The first to end of judging, keeping the lease, being told of its loss and telling progress
    /// ends the others.
    private func attempt(_ claim: Claim, _ slot: Int, _ loans: Loans?) async -> Attempt {
        let reports = JudgingReports()
        return await withTaskGroup(of: Attempt?.self) { group in
            group.addTask {
                do {
                    return .judged(
                        try await judge.judge(
                            claim.submission, problem: claim.problem, slot: slot, loans: loans,
                            progress: { reports.add(JudgingProgress(done: $0, total: $1)) },
                            judged: { reports.add($0) }))
                } catch {
                    return .threw(cause: "\(error)")
                }
            }
            group.addTask { await keep(claim.lease) }
            group.addTask { await held.isLost(claim.lease) ? .leaseLost : nil }
            group.addTask { await tell(reports, claim.lease) }
            var first: Attempt?
            for await attempt in group where attempt != nil && first == nil {
                first = attempt
                group.cancelAll()
            }
            return first ?? .leaseLost
        }
    }

    /// Renews the lease until it is lost, or until the task is cancelled: nil.
    private func keep(_ lease: Lease) async -> Attempt? {
        var renewed = clock.now
        while (try? await clock.sleep(for: leaseDuration / 3)) != nil {
            do {
                guard try await store.renew(lease, for: leaseDuration) != nil else {
                    return .leaseLost
                }
                renewed = clock.now
            } catch {
                logger.warning(
                    "a lease was not renewed",
                    metadata: ["job.id": "\(lease.jobID)", "cause": "\(error)"])
                // A store that is not ours to write any more: the worker is about to end.
                if error.fault == .unavailable { return .leaseLost }
                // Whoever claims it now judges beside us, and only one is needed.
                if renewed.duration(to: clock.now) >= leaseDuration { return .leaseLost }
            }
        }
        return nil
    }

    /// Stores progress and the tests that are done, all there is every 100 ms at most, until the task
    /// is cancelled: nil.
    private func tell(_ reports: JudgingReports, _ lease: Lease) async -> Attempt? {
        for await _ in reports.bell {
            guard let (progress, tests) = reports.take() else { continue }
            // Nothing depends on progress; a store that cannot take it tells by the next renewal.
            let answer = try? await store.progress(lease, progress, tests: tests)
            if answer == .leaseLost { return .leaseLost }
            try? await clock.sleep(for: .milliseconds(100))
        }
        return nil
    }

    // MARK: - Writing what came of it

    private func settle(_ lease: Lease, _ attempt: Attempt) async -> Outcome {
        switch attempt {
        case .leaseLost: return .leaseLost
        case .judged(let judgement):
            let start = clock.now
            let outcome = await write(.judged(judgement.verdict)) { () throws(StoreError) in
                try await store.finish(lease, with: judgement)
            }
            metrics?.observe(.store, start.duration(to: clock.now))
            return outcome
        case .threw where Task.isCancelled:
            return await write(.givenBack) { () throws(StoreError) in
                try await store.giveBack(lease)
            }
        case .threw(let cause):
            return await write(.failed(cause: cause)) { () throws(StoreError) in
                try await store.fail(lease, cause: cause)
            }
        }
    }

    /// Tries for as long as the lease may last: a store that is full or locked may recover.
    private func write(
        _ outcome: Outcome, _ change: () async throws(StoreError) -> LeaseAnswer
    ) async -> Outcome {
        let deadline = clock.now.advanced(by: leaseDuration)
        while true {
            do {
                switch try await change() {
                case .written: return outcome
                case .leaseLost: return .leaseLost
                }
            } catch {
                guard error.fault == .temporary, clock.now < deadline else {
                    return .unwritten(cause: "\(error)")
                }
                await rest()
            }
        }
    }

    /// Between two tries to write. A worker that stops tries on, more often: whoever started it ends it by
    /// force when that takes too long.
    private func rest() async {
        guard (try? await clock.sleep(for: leaseDuration / 10)) == nil else { return }
        // Not a child, which would be cancelled, too.
        await Task { try? await clock.sleep(for: .milliseconds(250)) }.value
    }

    // MARK: - Telling

    private func log(
        _ outcome: Outcome, _ claim: Claim, _ slot: Int, _ loans: Loans?, took: Duration
    ) {
        var metadata: Logger.Metadata = [
            "job.id": "\(claim.lease.jobID)", "submission.id": "\(claim.submission.id)",
            "problem": "\(claim.submission.problem)", "slot": "\(slot)",
            "attempt": "\(claim.lease.attempt)", "took": "\(took)",
        ]
        if let lent = loans?.used.sorted(), !lent.isEmpty {
            metadata["lent.slots"] = "\(lent.map(String.init).joined(separator: ","))"
        }
        metadata["outcome"] = "\(outcome.word)"
        switch outcome {
        case .judged(let verdict): metadata["verdict"] = "\(verdict.rawValue)"
        case .failed(let cause), .unwritten(let cause): metadata["cause"] = "\(cause)"
        case .givenBack, .leaseLost: break
        }
        logger.info("attempt ended", metadata: metadata)
    }
}

/// How the judging of one attempt ended.
private enum Attempt: Sendable {
    case judged(Judgement)
    case threw(cause: String)
    case leaseLost
}

/// What the store says of the attempt now.
private enum Outcome {
    case judged(Verdict)
    case failed(cause: String)
    case givenBack
    case leaseLost
    /// The result could not be written; the lease runs out and the submission is judged again.
    case unwritten(cause: String)

    /// For logs and metrics.
    var word: String {
        switch self {
        case .judged: "judged"
        case .failed: "failed"
        case .givenBack: "given-back"
        case .leaseLost: "lease-lost"
        case .unwritten: "unwritten"
        }
    }

    var verdict: Verdict? {
        guard case .judged(let verdict) = self else { return nil }
        return verdict
    }
}
