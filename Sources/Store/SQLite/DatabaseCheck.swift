import GRDB
import JudgeCore

/// Whether a database is sound: the file, the references between its rows, and what the rows say.
///
/// The schema holds most rules by itself, in every process. What is looked for here is what a schema
/// cannot say, and what a broken disk or another program's hand can bring about.
enum DatabaseCheck {
    /// A rule between rows, and how to find those that break it.
    struct Rule: Sendable {
        /// What is wrong, before the ids of what breaks it.
        var fault: String
        /// Selects one id for each break.
        var query: String
    }

    /// One sentence for each fault; none when all is well.
    static func faults(_ db: Database) throws -> [String] {
        let damage = try damage(db)
        // What is read from a damaged file says nothing.
        return damage.isEmpty ? try inconsistencies(db) : damage
    }

    /// What the rows of a file that is not damaged say against each other.
    static func inconsistencies(_ db: Database) throws -> [String] {
        // Rules are about the tables of this version.
        let version = try Int.fetchOne(db, sql: "PRAGMA user_version")
        guard version == Schema.all.count else { return try missingRows(db) }
        return try missingRows(db) + rules.compactMap { try fault(db, $0) }
    }

    /// What SQLite itself finds wrong with the file, at most 20 lines.
    static func damage(_ db: Database) throws -> [String] {
        try String.fetchAll(db, sql: "PRAGMA integrity_check(20)").filter { $0 != "ok" }
            .map { "the file is damaged: \($0)" }
    }

    private static func missingRows(_ db: Database) throws -> [String] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT "table" AS name, parent, count(*) AS rows, min(rowid) AS first
                FROM pragma_foreign_key_check GROUP BY name, parent ORDER BY name, parent
                """)
        return rows.map { row in
            let (name, parent): (String, String) = (row["name"], row["parent"])
            let first: Int64? = row["first"]
            return "\(row["rows"] as Int) of \(name) refer to a \(parent) that is not there"
                + (first.map { ", the first is \($0)" } ?? "")
        }
    }

    private static func fault(_ db: Database, _ rule: Rule) throws -> String? {
        let ids = try Int64.fetchAll(db, sql: "\(rule.query) ORDER BY 1 LIMIT 1001")
        guard let first = ids.first else { return nil }
        let rest =
            switch ids.count - 1 {
            case 0: ""
            case 1: " and 1 other"
            case let others where others < 1_000: " and \(others) others"
            default: " and 1000 others or more"
            }
        return "\(rule.fault): \(first)\(rest)"
    }

    private static let verdicts = Verdict.allCases.map { "'\($0.rawValue)'" }
        .joined(separator: ", ")

    static let rules = [
        Rule(
            fault: "submissions without a job that counts",
            query: """
                SELECT id FROM submission WHERE NOT EXISTS (
                    SELECT 1 FROM job WHERE submission_id = submission.id AND counts = 1)
                """),
        Rule(
            fault: "submissions with several jobs that are no rejudgings",
            query: """
                SELECT submission_id FROM job WHERE rejudging_id IS NULL
                GROUP BY submission_id HAVING count(*) > 1
                """),
        Rule(
            fault: "jobs that are over without a judgement, of the submissions",
            query: """
                SELECT submission_id FROM job WHERE (state IN ('done', 'dead')
                    OR (state = 'cancelled' AND rejudging_id IS NULL))
                AND NOT EXISTS (SELECT 1 FROM judgement WHERE job_id = job.id)
                """),
        Rule(
            fault: "jobs that are judged and not over, of the submissions",
            query: """
                SELECT job.submission_id FROM judgement JOIN job ON job.id = judgement.job_id
                WHERE job.state IN ('queued', 'running')
                """),
        Rule(
            fault: "judgements that do not fit the end of their jobs, of the submissions",
            query: """
                SELECT job.submission_id FROM judgement JOIN job ON job.id = judgement.job_id
                WHERE (job.state = 'dead' AND judgement.verdict <> 'JE')
                OR (job.state = 'cancelled') <> (judgement.verdict = 'CS')
                """),
        Rule(
            fault: "judgements of another submission than their job, of the submissions",
            query: """
                SELECT judgement.submission_id FROM judgement JOIN job ON job.id = judgement.job_id
                WHERE job.submission_id <> judgement.submission_id
                """),
        Rule(
            fault: "judgements with an unknown verdict, of the submissions",
            query: "SELECT submission_id FROM judgement WHERE verdict NOT IN (\(verdicts))"),
        Rule(
            fault: "tests with an unknown verdict, of the submissions",
            query: """
                SELECT judgement.submission_id FROM judgement_test
                JOIN judgement ON judgement.id = judgement_test.judgement_id
                WHERE judgement_test.verdict NOT IN (\(verdicts))
                """),
        Rule(
            fault: "jobs that run without an attempt, of the submissions",
            query: "SELECT submission_id FROM job WHERE state = 'running' AND attempts = 0"),
        Rule(
            fault: "jobs that count although their rejudging does not, of the submissions",
            query: """
                SELECT job.submission_id FROM job JOIN rejudging ON rejudging.id = job.rejudging_id
                WHERE job.counts = 1
                    AND (rejudging.state <> 'applied' OR job.state IN ('dead', 'cancelled'))
                """),
    ]
}
