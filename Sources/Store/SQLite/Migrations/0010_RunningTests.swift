import GRDB

/// Verdicts of tests as they become known, while the job runs.
let migration0010RunningTests = Migration(number: 10) { db in
    try db.execute(sql: runningTestTable)
}

// Apart from the tests of judgements: these are of an attempt that may still come to nothing. Whatever
// takes a job out of its state takes them away, so that no writer can forget to.
private let runningTestTable = """
    CREATE TABLE running_test (
        job_id INTEGER NOT NULL REFERENCES job (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        name TEXT NOT NULL,
        test_group TEXT NOT NULL,
        verdict TEXT NOT NULL,
        reason_code TEXT,
        reason TEXT,
        cpu_time_us INTEGER NOT NULL,
        wall_time_us INTEGER NOT NULL,
        memory_peak_bytes INTEGER NOT NULL,
        PRIMARY KEY (job_id, position)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER running_test_over AFTER UPDATE OF state ON job WHEN OLD.state = 'running'
    BEGIN
        DELETE FROM running_test WHERE job_id = OLD.id;
    END;
    CREATE VIEW running_tests AS
    SELECT job.submission_id, job.attempts AS attempt, job.worker, test.name, test.test_group,
        test.verdict, test.reason_code, test.reason, test.cpu_time_us, test.wall_time_us,
        test.memory_peak_bytes
    FROM running_test AS test JOIN job ON job.id = test.job_id
    ORDER BY test.job_id, test.position;
    """
