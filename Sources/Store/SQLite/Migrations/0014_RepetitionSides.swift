import GRDB

/// Where each side of a repetition was made: what a person needs to tell which of the two is wrong.
let migration0014RepetitionSides = Migration(number: 14) { db in
    try db.execute(sql: firstSlotColumn + repetitionsWithBothSides)
}

// Nobody wrote down the first slot of what was repeated before.
private let firstSlotColumn = """
    ALTER TABLE repetition ADD COLUMN first_slot INTEGER;
    DROP VIEW repetitions;

    """

private let repetitionsWithBothSides = """
    CREATE VIEW repetitions AS
    SELECT judgement.submission_id, judgement.id AS judgement_id, judgement.verdict,
        judgement.worker, repetition.verdict AS repeated_verdict,
        repetition.worker AS repeated_by, repetition.slot AS repeated_in_slot,
        \(SQLText.iso8601("repetition.repeated_at_ms")) AS repeated_at,
        repetition.difference, again.document AS repeated_under,
        repetition.first_slot AS judged_in_slot, first.document AS judged_under,
        json_extract(first.document, '$.machine.host') AS host,
        json_extract(again.document, '$.machine.host') AS repeated_on_host
    FROM repetition
    JOIN judgement ON judgement.job_id = repetition.job_id
    LEFT JOIN judging_condition AS first ON first.id = judgement.condition_id
    LEFT JOIN judging_condition AS again ON again.id = repetition.condition_id
    ORDER BY repetition.id;
    """
