import GRDB

/// When each lease was last set, by the claim or by a renewal: what a clock that was set back is seen by.
let migration0015Renewals = Migration(number: 15) { db in
    try db.execute(
        sql: """
            ALTER TABLE job ADD COLUMN renewed_at_ms INTEGER;
            UPDATE job SET renewed_at_ms = claimed_at_ms WHERE state = 'running';
            """)
}
