package import JudgeCore
package import Units

/// What somebody wants judged.
package struct NewSubmission: Sendable, Equatable {
    package var problem: String
    package var language: String
    package var user: String?
    package var entryPoint: String?
    package var priority: Priority
    /// In the order given, with different names.
    package var files: [SourceFile]

    package init(
        problem: String, language: String, user: String? = nil, entryPoint: String? = nil,
        priority: Priority = .normal, files: [SourceFile]
    ) {
        self.problem = problem
        self.language = language
        self.user = user
        self.entryPoint = entryPoint
        self.priority = priority
        self.files = files
    }
}

/// What is known of a submission: its job's state and its newest judgement.
package struct SubmissionRecord: Sendable, Equatable {
    package var id: Int64
    package var problem: String
    package var language: String
    package var user: String?
    package var entryPoint: String?
    package var priority: Priority
    package var submittedAt: Instant
    package var state: JobState
    /// nil until a judgement is written.
    package var judgedAt: Instant?
    package var judgement: Judgement?
    /// Of the judgement; before there is one, of the attempt that runs now.
    package var attempt: Int?
    /// Of the judgement; before there is one, of the attempt that runs now.
    package var worker: String?
    /// Only while the job runs and its worker has said so.
    package var progress: JudgingProgress?
    /// 1 for the next to be claimed, if nothing else came; only in lists, while it waits.
    package var position: Int?
    /// Since it was queued; only in lists, while it waits or runs.
    package var age: Duration?

    package init(
        id: Int64, problem: String, language: String, user: String?, entryPoint: String?,
        priority: Priority, submittedAt: Instant, state: JobState, judgedAt: Instant? = nil,
        judgement: Judgement? = nil, attempt: Int? = nil, worker: String? = nil,
        progress: JudgingProgress? = nil
    ) {
        self.id = id
        self.problem = problem
        self.language = language
        self.user = user
        self.entryPoint = entryPoint
        self.priority = priority
        self.submittedAt = submittedAt
        self.state = state
        self.judgedAt = judgedAt
        self.judgement = judgement
        self.attempt = attempt
        self.worker = worker
        self.progress = progress
    }

    /// Whether the submission waits for nothing more: `done`, `dead` or `cancelled`.
    package var isSettled: Bool {
        switch state {
        case .queued, .running: false
        case .done, .dead, .cancelled: true
        }
    }
}

/// Which submissions to list; nil admits all.
package struct SubmissionFilter: Sendable, Equatable {
    package var problem: String?
    package var user: String?
    /// Of the newest judgement.
    package var verdict: Verdict?
    package var state: JobState?
    /// At most so many, the newest.
    package var limit: Int

    package init(
        problem: String? = nil, user: String? = nil, verdict: Verdict? = nil,
        state: JobState? = nil, limit: Int = 50
    ) {
        self.problem = problem
        self.user = user
        self.verdict = verdict
        self.state = state
        self.limit = limit
    }
}

/// Tests judged of tests in all.
package struct JudgingProgress: Sendable, Equatable {
    package var done: Int
    package var total: Int

    package init(done: Int, total: Int) {
        self.done = done
        self.total = total
    }
}

/// How many turns each class of the queue has beside the others, 1 to 1000.
package struct QueueWeights: Sendable, Equatable {
    package var high: Int
    package var normal: Int
    package var low: Int
    /// What is judged again.
    package var rejudging: Int

    package init(high: Int, normal: Int, low: Int, rejudging: Int) {
        self.high = high
        self.normal = normal
        self.low = low
        self.rejudging = rejudging
    }
}

/// Jobs that are not settled.
package struct QueueLength: Sendable, Equatable {
    package var queued: Int
    package var running: Int

    package init(queued: Int, running: Int) {
        self.queued = queued
        self.running = running
    }
}

/// What a worker found of its machine and of its sandbox before it judged.
package struct NewHostCheck: Sendable, Equatable {
    package var worker: String
    /// Whether everything held that must hold.
    package var holds: Bool
    /// The findings in full, as JSON.
    package var document: String

    /// So many that failed are kept.
    package static let failedAtMost = 100

    package init(worker: String, holds: Bool, document: String) {
        self.worker = worker
        self.holds = holds
        self.document = document
    }
}

/// A job that was claimed, with all that judging it takes.
package struct Claim: Sendable, Equatable {
    package var lease: Lease
    package var submission: Submission
    /// The version that the submission came for.
    package var problem: InstalledProblem
    /// Since the job was queued for the first time.
    package var waited: Duration

    package init(
        lease: Lease, submission: Submission, problem: InstalledProblem, waited: Duration = .zero
    ) {
        self.waited = waited
        self.lease = lease
        self.submission = submission
        self.problem = problem
    }
}

/// What became of a write under a lease.
package enum LeaseAnswer: Sendable, Equatable {
    case written
    /// The lease is no longer the job's: no row was changed.
    case leaseLost
}

/// What became of the wish to cancel a submission.
package struct Cancellation: Sendable, Equatable {
    package var submission: Int64
    /// The state in which the submission was found; one that was settled is left as it is.
    package var found: JobState
    /// The state that the submission has now.
    package var state: JobState
    /// Whether only another judging of it was taken off: what counted before counts on.
    package var wasRejudged: Bool

    package init(
        submission: Int64, found: JobState, state: JobState, wasRejudged: Bool = false
    ) {
        self.submission = submission
        self.found = found
        self.state = state
        self.wasRejudged = wasRejudged
    }

    /// Whether something was taken off now.
    package var isNew: Bool { found == .queued || found == .running }
}

/// A version of a problem, about to be installed.
package struct NewProblem: Sendable, Equatable {
    /// Short name that submissions use.
    package var id: String
    package var name: String
    /// Absolute path of the package directory; it must not change while it is installed.
    package var directory: String
    /// Of the package's content; tells versions apart.
    package var digest: String
    /// CPU time; nil when it is not known yet.
    package var timeLimit: Duration?

    package init(
        id: String, name: String, directory: String, digest: String, timeLimit: Duration?
    ) {
        self.id = id
        self.name = name
        self.directory = directory
        self.digest = digest
        self.timeLimit = timeLimit
    }
}

/// A version of a problem as it is installed.
package struct InstalledProblem: Sendable, Equatable {
    /// Higher than that of every version installed before.
    package var version: Int64
    package var id: String
    package var name: String
    package var directory: String
    package var digest: String
    package var timeLimit: Duration?
    package var addedAt: Instant

    package init(
        version: Int64, id: String, name: String, directory: String, digest: String,
        timeLimit: Duration?, addedAt: Instant
    ) {
        self.version = version
        self.id = id
        self.name = name
        self.directory = directory
        self.digest = digest
        self.timeLimit = timeLimit
        self.addedAt = addedAt
    }
}

/// How much of a text is stored; what is longer is cut and says so at its end.
package enum StoredSize {
    package static let compilerOutput = ByteCount.kibibytes(64)
    package static let checkerMessage = ByteCount.kibibytes(64)
    /// Of one test; the judge keeps less of what was said, but writes times beside it.
    package static let transcript = ByteCount.mebibytes(1)
    /// Reasons of verdicts and causes of failed attempts.
    package static let reason = ByteCount.kibibytes(1)
}
