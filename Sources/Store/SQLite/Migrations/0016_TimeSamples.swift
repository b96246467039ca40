import GRDB

/// All runs of tests that were run more than once for their time; most tests have none here.
let migration0016TimeSamples = Migration(number: 16) { db in
    try db.execute(
        sql: """
            CREATE TABLE time_sample (
                judgement_id INTEGER NOT NULL,
                position INTEGER NOT NULL,
                run INTEGER NOT NULL CHECK (run > 0),
                use TEXT NOT NULL CHECK (use IN ('counted', 'disturbed', 'different')),
                cpu_time_us INTEGER NOT NULL,
                wall_time_us INTEGER NOT NULL,
                stolen_us INTEGER,
                waiting_us INTEGER,
                PRIMARY KEY (judgement_id, position, run),
                FOREIGN KEY (judgement_id, position)
                    REFERENCES judgement_test (judgement_id, position) ON DELETE CASCADE
            ) STRICT, WITHOUT ROWID;
            CREATE VIEW test_samples AS
            SELECT judgement.submission_id, sample.judgement_id, test.name, sample.run,
                sample.use, sample.cpu_time_us, sample.wall_time_us,
                sample.stolen_us AS steal_us, sample.waiting_us
            FROM time_sample AS sample
            JOIN judgement_test AS test
                ON test.judgement_id = sample.judgement_id AND test.position = sample.position
            JOIN judgement ON judgement.id = sample.judgement_id
            ORDER BY sample.judgement_id, sample.position, sample.run;
            """)
}
