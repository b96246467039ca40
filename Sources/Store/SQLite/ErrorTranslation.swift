import GRDB

/// Turns what SQLite says into what an operator can act on.
struct ErrorTranslation: Sendable {
    let path: String

    func catching<Value>(
        _ doing: String, _ work: () throws -> Value
    ) -> Result<Value, StoreError> {
        do {
            return .success(try work())
        } catch let error as StoreError {
            return .failure(error)
        } catch let error as DatabaseError {
            return .failure(translate(error, doing))
        } catch {
            return .failure(.failed(doing: doing, path: path, detail: "\(error)"))
        }
    }

    private func translate(_ error: DatabaseError, _ doing: String) -> StoreError {
        let detail = error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
        switch error.extendedResultCode {
        // The shared memory of the WAL could not grow: its file system has no space.
        case .SQLITE_IOERR_SHMSIZE: return .full(path: path)
        case .SQLITE_READONLY_DBMOVED:
            return .unusable(path: path, detail: "the file was moved or replaced")
        default: break
        }
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: return .locked(path: path)
        case .SQLITE_FULL: return .full(path: path)
        case .SQLITE_READONLY: return .readOnly(path: path)
        case .SQLITE_NOTADB: return .foreign(path: path)
        case .SQLITE_CORRUPT: return .corrupt(path: path, detail: detail)
        case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
            return .unusable(path: path, detail: DatabasePath.whyUnusable(path) ?? detail)
        case .SQLITE_MISUSE: return .closed(path: path)
        default: return .failed(doing: doing, path: path, detail: detail)
        }
    }
}
