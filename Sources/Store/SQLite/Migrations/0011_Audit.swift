import GRDB

/// Who did what to the database.
let migration0011Audit = Migration(number: 11) { db in
    try db.execute(sql: auditTable)
}

// The third trigger is for INSERT OR REPLACE, which deletes without asking the second.
private let auditTable = """
    CREATE TABLE audit_entry (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at_ms INTEGER NOT NULL,
        uid INTEGER NOT NULL,
        os_user TEXT,
        command TEXT NOT NULL,
        act TEXT NOT NULL,
        subject TEXT NOT NULL,
        detail TEXT NOT NULL
    ) STRICT;
    CREATE TRIGGER audit_entry_unchanged BEFORE UPDATE ON audit_entry
    BEGIN SELECT RAISE(ABORT, 'the audit trail is only added to'); END;
    CREATE TRIGGER audit_entry_kept BEFORE DELETE ON audit_entry
    BEGIN SELECT RAISE(ABORT, 'the audit trail is only added to'); END;
    CREATE TRIGGER audit_entry_unreplaced BEFORE INSERT ON audit_entry
    WHEN EXISTS (SELECT 1 FROM audit_entry WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'the audit trail is only added to'); END;
    CREATE VIEW audit AS
    SELECT id AS audit_id, \(SQLText.iso8601("at_ms")) AS at, uid, os_user, command, act, subject,
        detail
    FROM audit_entry ORDER BY id;
    """
