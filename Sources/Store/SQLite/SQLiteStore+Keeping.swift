import GRDB
import Glibc

extension SQLiteStore {
    /// Looks whether the database is sound: the file, the references between rows, and states that
    /// cannot be. It reads one state of the database; workers go on meanwhile.
    ///
    /// - Returns: one sentence for each fault; none when all is well.
    package func check() async throws(StoreError) -> [String] {
        do throws(StoreError) {
            return try await read("check the tables") { db, _ in try DatabaseCheck.faults(db) }
        } catch {
            guard case .corrupt(_, let detail) = error else { throw error }
            return ["the file is damaged: \(detail)"]
        }
    }

    /// Copies one state of the database into a file of its own, while workers go on.
    ///
    /// The copy is made beside its place, checked, synced and then put there under its name, so that a
    /// file of that name is always a whole backup. It takes as much memory as a page, and no lock
    /// that a worker waits for.
    ///
    /// - Parameter overwriting: whether a file that is there is replaced.
    /// - Returns: what `check` says of the copy.
    /// - Throws: `exists`, `unfitForBackup`; `corrupt` when the copy is damaged, and then it is deleted.
    package func backup(
        to path: String, overwriting: Bool = false
    ) async throws(StoreError) -> [String] {
        let place = try BackupPlace(path, of: self.path, overwriting: overwriting)
        let queue = reader
        let copied: Result<[String], StoreError> = await offPool {
            ErrorTranslation(path: place.path).catching("back up") {
                try place.withCopy { copy in
                    let target = try DatabaseQueue(path: copy)
                    // Its own error is the one to tell.
                    defer { try? target.close() }
                    do {
                        try queue.backup(to: target)
                    } catch {
                        try target.writeWithoutTransaction { db in
                            try FullDisk.telling(db) { throw error }
                        }
                    }
                    let damage = try target.read(DatabaseCheck.damage)
                    guard damage.isEmpty else {
                        throw StoreError.corrupt(
                            path: queue.path, detail: damage.joined(separator: "; "))
                    }
                    let faults = try target.read(DatabaseCheck.inconsistencies)
                    try target.close()
                    return faults
                }
            }
        }
        return try copied.get()
    }
}

/// Where a backup is to be put, and how it comes there whole.
private struct BackupPlace: Sendable {
    /// Absolute, without symbolic links.
    let path: String
    private let directory: String
    private let overwriting: Bool

    /// - Throws: `exists`, `unfitForBackup` before anything is written.
    init(_ path: String, of database: String, overwriting: Bool) throws(StoreError) {
        self.overwriting = overwriting
        self.path = try DatabasePath.resolve(path, access: .create)
        directory = DatabasePath.split(self.path).directory
        guard ![database, "\(database)-wal", "\(database)-shm"].contains(self.path) else {
            throw .unfitForBackup(path: self.path, detail: "it is the database itself")
        }
        // SQLite would take what lies there for the end of the new file.
        for file in ["\(self.path)-wal", "\(self.path)-journal"] where isThere(file) {
            throw .unfitForBackup(
                path: self.path,
                detail: "\(file) lies beside it, as of a database in use; name another file")
        }
        guard overwriting || !isThere(self.path) else { throw .exists(path: self.path) }
    }

    /// Lets `make` write the file that is given it, then syncs it and gives it its name.
    func withCopy<Value>(_ make: (String) throws -> Value) throws -> Value {
        // Never a name that an interrupted backup left, nor one with a journal beside it: SQLite would take
        // it for the end of the copy.
        let mark = String(UInt64.random(in: .min ... .max), radix: 36)
        let copy = "\(directory)/.\(DatabasePath.split(path).name).\(getpid())-\(mark)"
        // Submissions are nobody else's to read.
        let fd = open(copy, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard fd >= 0 else { throw failure(errno) }
        defer {
            close(fd)
            unlink(copy)
            unlink("\(copy)-journal")
        }
        let value = try make(copy)
        guard fsync(fd) == 0 else { throw failure(errno) }
        try name(copy)
        try syncDirectory()
        return value
    }

    private func name(_ copy: String) throws(StoreError) {
        let named = overwriting ? rename(copy, path) : link(copy, path)
        guard named == 0 else {
            let error = errno
            throw error == EEXIST ? .exists(path: path) : failure(error)
        }
    }

    private func syncDirectory() throws(StoreError) {
        let fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard fd >= 0 else { throw failure(errno) }
        defer { close(fd) }
        guard fsync(fd) == 0 else { throw failure(errno) }
    }

    private func failure(_ error: Int32) -> StoreError {
        error == ENOSPC || error == EDQUOT
            ? .full(path: path)
            : .unfitForBackup(path: path, detail: String(cString: strerror(error)))
    }
}

private func isThere(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
}
