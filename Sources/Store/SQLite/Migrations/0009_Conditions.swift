import GRDB

/// Under what judgements were made, so that their runs can be made again.
let migration0009Conditions = Migration(number: 9) { db in
    try db.execute(sql: conditionTables + provenanceView)
}

// Many judgements have the same conditions: each document is stored once. Judgements of former
// versions have none.
private let conditionTables = """
    CREATE TABLE judging_condition (
        id INTEGER PRIMARY KEY,
        document TEXT NOT NULL UNIQUE
    ) STRICT;
    ALTER TABLE judgement ADD COLUMN condition_id INTEGER REFERENCES judging_condition (id);

    """

private let provenanceView = """
    CREATE VIEW provenance AS
    SELECT judgement.submission_id, judgement.id AS judgement_id, judgement.worker,
        json_extract(condition.document, '$.machine.host') AS host,
        json_extract(condition.document, '$.machine.kernel') AS kernel,
        json_extract(condition.document, '$.machine.helper_digest') AS helper_digest,
        json_extract(condition.document, '$.machine.filter_digest') AS filter_digest,
        json_extract(condition.document, '$.machine.mounts') AS mounts,
        problem_version.version AS problem_version, problem_version.digest AS problem_digest,
        toolchain.version AS toolchain, toolchain.digest AS toolchain_digest,
        json_extract(condition.document, '$.limits') AS limits, condition.document AS conditions
    FROM judgement
    JOIN job ON job.id = judgement.job_id
    JOIN problem_version ON problem_version.version = job.problem_version
    LEFT JOIN judging_condition AS condition ON condition.id = judgement.condition_id
    LEFT JOIN (
        SELECT judging_condition.id, json_extract(value, '$.version') AS version,
            json_extract(value, '$.digest') AS digest
        FROM judging_condition, json_each(document, '$.machine.toolchains')
    ) AS toolchain ON toolchain.id = condition.id
    ORDER BY judgement.id;
    """
