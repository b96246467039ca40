/// Takes the tables back to those of version 12; what messages there are is lost.
let backToVersion12 = """
    DROP VIEW test_samples;
    DROP TABLE time_sample;
    DROP VIEW test_results;
    CREATE VIEW test_results AS SELECT 1;
    DROP TABLE test_message;
    ALTER TABLE judgement DROP COLUMN pruned_at_ms;
    DROP VIEW repetitions;
    CREATE VIEW repetitions AS SELECT 1;
    ALTER TABLE repetition DROP COLUMN first_slot;
    ALTER TABLE job DROP COLUMN renewed_at_ms;
    PRAGMA user_version = 12;
    """
