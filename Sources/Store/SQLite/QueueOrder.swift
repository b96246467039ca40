import GRDB
import JudgeCore

// Theory of operation. Whose turn it is, is decided twice, each time by fair queueing with virtual
// times (after Goyal, Vin and Cheng, 1996) that are stored, so that a claim looks at the heads of four
// lists and not at the queue.
//
// Between classes: each has a virtual time, `finished`, which a claim moves by `turnLength / weight`.
// The class that would finish first is next, the more urgent one of two. A class that was empty begins
// where the last claim began (`started`), so that nobody saves up turns by having no work.
//
// Within a class: a job gets its `turn` when it is queued: two behind the last job of the same user
// that is not settled, but at least one behind what was claimed last. So the jobs of one user stand
// two apart, and whoever comes anew is between the job that runs and the next of a user with many;
// what is claimed moves the beginning of the next, so that many new users cannot hold back one of old.
// A job whose attempt failed goes two behind, and behind the fresh ones there.

/// The class that a job waits in.
enum QueueClass: Int, CaseIterable {
    case high = 1
    case normal = 0
    case low = -1
    case rejudging = -2
}

/// The order in which jobs are claimed.
enum QueueOrder {
    /// How far a claim moves the virtual time of a class of weight 1.
    static let turnLength: Int64 = 1_000_000

    // MARK: - Coming

    /// Makes place for a job and says its turn. To be called before the job is queued.
    ///
    /// - Parameter share: who it counts for: the user, or the rejudging.
    static func enter(_ db: Database, _ queueClass: Int, share: String) throws -> Int64 {
        try wake(db, queueClass)
        let last = try Int64.fetchOne(
            db.cachedStatement(sql: lastTurnQuery), arguments: [queueClass, share])
        let next = try currentTurn(db, queueClass) + 1
        return max(next, last.map { $0 + 2 } ?? next)
    }

    /// As `enter`, for a job that was claimed already.
    ///
    /// - Parameter isRetry: whether an attempt was made that brought nothing.
    static func enterAgain(
        _ db: Database, _ queueClass: Int, turn: Int64, isRetry: Bool
    ) throws -> Int64 {
        try wake(db, queueClass)
        guard isRetry else { return turn }
        return max(turn, try currentTurn(db, queueClass)) + 2
    }

    /// A class without work begins anew.
    private static func wake(_ db: Database, _ queueClass: Int) throws {
        try db.cachedStatement(sql: wakeStatement).execute(arguments: [queueClass])
    }

    private static func currentTurn(_ db: Database, _ queueClass: Int) throws -> Int64 {
        try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT turn FROM queue_class WHERE class = ?"),
            arguments: [queueClass]) ?? 0
    }

    // MARK: - Going

    /// The job to be claimed next, and the class that it is taken from.
    static func next(_ db: Database) throws -> (job: Int64, queueClass: Int)? {
        let rows = try Row.fetchAll(db.cachedStatement(sql: headsQuery))
        let heads = rows.compactMap { row -> (job: Int64, queueClass: Int, finish: Int64)? in
            guard let job: Int64 = row["head"] else { return nil }
            let (finished, weight): (Int64, Int64) = (row["finished"], row["weight"])
            return (job, row["class"], finished + turnLength / weight)
        }
        return heads.min { ($0.finish, $1.queueClass) < ($1.finish, $0.queueClass) }
            .map { ($0.job, $0.queueClass) }
    }

    /// Notes that a job of the class was claimed.
    static func leave(_ db: Database, _ queueClass: Int, turn: Int64) throws {
        let statement = try db.cachedStatement(
            sql: """
                UPDATE queue_class SET started = finished,
                    finished = finished + \(turnLength) / weight, turn = max(turn, ?)
                WHERE class = ?
                """)
        try statement.execute(arguments: [turn, queueClass])
    }

    // MARK: - Statements

    /// What submitting and claiming look for in the queue, and how long that takes must not depend on how much was ever judged.
    static let claimQueries = [
        expiredQuery, waitingQuery, rebaseStatement, headsQuery, lastTurnQuery, wakeStatement,
        earliestExpiryQuery,
    ]

    /// Jobs whose lease ran out, with the time as argument.
    static let expiredQuery = """
        SELECT * FROM job WHERE state = 'running' AND lease_expires_at_ms <= ?
        ORDER BY lease_expires_at_ms LIMIT 100
        """

    /// Whether there is something for a claim to do, with the time as both arguments.
    static let waitingQuery = """
        SELECT EXISTS (SELECT 1 FROM job WHERE state = 'queued') OR EXISTS (
            SELECT 1 FROM job WHERE state = 'running'
            AND (lease_expires_at_ms <= ? OR renewed_at_ms > ?))
        """

    /// Brings leases of the future into the present, with the time as all four arguments.
    static let rebaseStatement = """
        UPDATE job SET claimed_at_ms = min(claimed_at_ms, ?), renewed_at_ms = ?,
            lease_expires_at_ms = lease_expires_at_ms - (renewed_at_ms - ?)
        WHERE state = 'running' AND renewed_at_ms > ?
        """

    static let earliestExpiryQuery =
        "SELECT min(lease_expires_at_ms) FROM job WHERE state = 'running'"

    static let wakeStatement = """
        UPDATE queue_class SET finished = max(finished, (SELECT max(started) FROM queue_class))
        WHERE class = ? AND NOT EXISTS (SELECT 1 FROM job
            WHERE state = 'queued' AND job.queue_class = queue_class.class)
        """

    static let lastTurnQuery = """
        SELECT turn FROM job
        WHERE state IN ('queued', 'running') AND queue_class = ? AND share = ?
        ORDER BY turn DESC LIMIT 1
        """

    static let headsQuery = """
        SELECT class, weight, finished, (SELECT id FROM job
            WHERE state = 'queued' AND job.queue_class = queue_class.class
            ORDER BY turn, attempts, id LIMIT 1) AS head
        FROM queue_class
        """

    /// `job_id` and `position`, 1 for the next, of all that waits: the order of the claims if nothing
    /// else came.
    static let places = """
        SELECT ranked.id AS job_id, row_number() OVER (
            ORDER BY queue_class.finished + rank * (\(turnLength) / queue_class.weight),
                queue_class.class DESC, rank) AS position
        FROM (SELECT id, queue_class, row_number() OVER (
                PARTITION BY queue_class ORDER BY turn, attempts, id) AS rank
            FROM job WHERE state = 'queued') AS ranked
        JOIN queue_class ON queue_class.class = ranked.queue_class
        """
}
