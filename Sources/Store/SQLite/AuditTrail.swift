import GRDB
import JudgeCore
import Units

/// Remembers who did what to the database. Entries are never changed or taken away: triggers refuse it.
///
/// Whoever adds an act calls `add` inside the act's own transaction, so that there is no act without
/// an entry and no entry without its act.
struct AuditTrail: Sendable {
    /// What people do. Raw values are in the view `audit`; one is never renamed.
    enum Act: String, Sendable, CaseIterable {
        case submit
        case rejudge
        case cancel
        case addProblem = "add-problem"
        case removeProblem = "remove-problem"
        case migrate
        case prune
        case releaseWorker = "release-worker"
    }

    let actor: Actor

    /// - Parameters:
    ///   - subject: what it was done to: `submission 42`, `problem aplusb`.
    ///   - detail: what else tells later what was done; empty for nothing.
    func add(
        _ db: Database, _ now: Instant, _ act: Act, _ subject: String, detail: String = ""
    ) throws {
        try db.execute(
            sql: """
                INSERT INTO audit_entry (at_ms, uid, os_user, command, act, subject, detail)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                now.millisecondsSince1970, Int64(actor.uid), actor.name,
                actor.command.stored(StoredSize.reason), act.rawValue,
                subject.stored(StoredSize.reason), detail.stored(StoredSize.reason),
            ])
    }
}
