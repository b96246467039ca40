import GRDB
import GRDBSQLite
import Glibc

/// Tells a disk that is full from one that is broken.
///
/// SQLite says SQLITE_FULL for ENOSPC of a write alone. A quota (EDQUOT), and file systems that find
/// room only when they are synced (NFS, and others that allocate late), come as I/O errors; which, only the
/// file knows on which the call failed.
enum FullDisk {
    /// Runs `work` on a connection; what it throws for want of space is SQLITE_FULL.
    static func telling<Value>(_ db: Database, _ work: () throws -> Value) throws -> Value {
        do {
            return try work()
        } catch let error as DatabaseError where isFull(db, error) {
            throw DatabaseError(resultCode: .SQLITE_FULL, message: error.message)
        }
    }

    private static func isFull(_ db: Database, _ error: DatabaseError) -> Bool {
        switch error.extendedResultCode {
        case .SQLITE_IOERR_WRITE, .SQLITE_IOERR_FSYNC, .SQLITE_IOERR_DIR_FSYNC,
            .SQLITE_IOERR_TRUNCATE:
            lastErrors(db).contains { $0 == ENOSPC || $0 == EDQUOT }
        default: false
        }
    }

    /// Of the last call that failed on the file, and on its log.
    private static func lastErrors(_ db: Database) -> [Int32] {
        let (connection, fileError, logFile) = (
            db.sqliteConnection, SQLITE_FCNTL_LAST_ERRNO, SQLITE_FCNTL_JOURNAL_POINTER
        )
        var errors: [Int32] = [0, 0]
        _ = sqlite3_file_control(connection, "main", fileError, &errors[0])
        var log: UnsafeMutablePointer<sqlite3_file>?
        _ = sqlite3_file_control(connection, "main", logFile, &log)
        // One that is not open has no methods.
        if let log, let methods = log.pointee.pMethods {
            _ = methods.pointee.xFileControl?(log, fileError, &errors[1])
        }
        return errors
    }
}
