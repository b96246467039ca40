import GRDB

/// What submissions and interactors said to each other. It is no column of a view: it may tell what is in
/// the tests, and it is long.
let migration0004Transcripts = Migration(number: 4) { db in
    try db.execute(
        sql: "ALTER TABLE judgement_test ADD COLUMN transcript TEXT NOT NULL DEFAULT ''")
}
