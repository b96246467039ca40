/// The work of judging one submission once. States and their transitions: docs/lifecycle.md.
package enum JobState: String, Sendable, CaseIterable {
    case queued
    case running
    case done
    /// No attempt succeeded; the verdict is JE.
    case dead
    case cancelled
}

package enum Priority: Int, Sendable, CaseIterable {
    case low = -1
    case normal = 0
    case high = 1
}

/// The right to write the results of one job, until it expires or is renewed.
///
/// Every write of a worker carries the token; a write with a token that is no longer the job's
/// changes no row.
package struct Lease: Sendable, Hashable {
    package var jobID: Int64
    package var submissionID: Int64
    package var token: String
    /// 1 for the first attempt.
    package var attempt: Int
    /// By the database's clock.
    package var expiresAt: Instant

    package init(
        jobID: Int64, submissionID: Int64, token: String, attempt: Int, expiresAt: Instant
    ) {
        self.jobID = jobID
        self.submissionID = submissionID
        self.token = token
        self.attempt = attempt
        self.expiresAt = expiresAt
    }
}
