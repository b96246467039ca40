import GRDB

/// What checkers say to submitters, beside what they say to judges.
let migration0003TeamMessages = Migration(number: 3) { db in
    try db.execute(
        sql: """
            ALTER TABLE judgement_test ADD COLUMN team_message TEXT NOT NULL DEFAULT '';
            DROP VIEW test_results;
            CREATE VIEW test_results AS
            SELECT judgement.submission_id, judgement.id AS judgement_id, test.name,
                test.test_group, test.verdict, test.score, test.reason_code, test.reason,
                test.cpu_time_us, test.wall_time_us, test.memory_peak_bytes, test.exit_code,
                test.signal, test.checker_message, test.team_message
            FROM judgement JOIN judgement_test AS test ON test.judgement_id = judgement.id
            ORDER BY judgement.id, test.position;
            """)
}
