package import Units

/// Why the store could not do what was asked.
package enum StoreError: Error, Sendable, Equatable {
    case noSuchProblem(id: String)
    case noSuchSubmission(id: Int64)
    case noSuchRejudging(name: String)
    /// A set of this name was made of something else.
    case rejudgingExists(name: String, selection: String)
    /// Not all of the set is judged.
    case rejudgingUnfinished(name: String, waiting: Int)
    /// More than one set holds.
    case tooManySubmissions(limit: Int)
    /// Two files of one submission bear one name.
    case duplicateFile(name: String)
    /// There is no file, and the command does not make one.
    case missing(path: String)
    case missingDirectory(path: String)
    /// There is a file already where one is to be made.
    case exists(path: String)
    /// A backup cannot be put there.
    case unfitForBackup(path: String, detail: String)
    case readOnly(path: String)
    /// The file cannot be opened: not permitted, or not a file.
    case unusable(path: String, detail: String)
    case newerVersion(path: String, found: Int, known: Int)
    /// Opened for reading only, so that it cannot be brought up to date.
    case olderVersion(path: String, found: Int, known: Int)
    /// Not a SQLite file, or one with tables that are not the judge's.
    case foreign(path: String)
    case corrupt(path: String, detail: String)
    case locked(path: String)
    case full(path: String)
    /// Bringing the file up to date takes more space than there is.
    case noRoom(path: String, needed: ByteCount, free: ByteCount)
    /// The kernel refuses to watch the directory.
    case watch(directory: String, detail: String)
    case closed(path: String)
    /// Anything else; `doing` says what could not be done.
    case failed(doing: String, path: String, detail: String)

    /// Whose turn it is, for the exit code of a command.
    package enum Fault: Sendable {
        /// What was asked for does not exist or is wrong: 65.
        case input
        /// Something needed is not there: 69.
        case unavailable
        /// Try again later: 75.
        case temporary
        /// The judge or its file is broken: 70.
        case broken
    }

    package var fault: Fault {
        switch self {
        case .noSuchProblem, .noSuchSubmission, .duplicateFile, .noSuchRejudging,
            .rejudgingExists, .tooManySubmissions, .exists:
            .input
        case .missing, .missingDirectory, .readOnly, .unusable, .newerVersion, .olderVersion,
            .foreign, .unfitForBackup:
            .unavailable
        case .locked, .full, .noRoom, .watch, .rejudgingUnfinished: .temporary
        case .corrupt, .closed, .failed: .broken
        }
    }
}

extension StoreError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noSuchProblem(let id):
            "there is no problem \"\(id)\"; see judge problem list"
        case .noSuchSubmission(let id):
            "there is no submission \(id); see judge list"
        case .noSuchRejudging(let name):
            "there is no rejudging \"\(name)\"; see judge rejudging list"
        case .rejudgingExists(let name, let selection):
            "rejudging \"\(name)\" is of something else (\(selection)); choose another name"
        case .rejudgingUnfinished(let name, let waiting):
            "cannot apply rejudging \"\(name)\": \(waiting) of its submissions are not judged yet; "
                + "wait for them, or cancel them"
        case .tooManySubmissions(let limit):
            "cannot judge so much again: a rejudging takes at most \(limit) submissions; "
                + "narrow it down"
        case .duplicateFile(let name):
            "cannot store the submission: two of its files are named \(name); rename one"
        case .missing(let path):
            "there is no database \(path); judge problem add makes one"
        case .missingDirectory(let path):
            "cannot make the database \(path): its directory does not exist; create it"
        case .exists(let path):
            "cannot back up to \(path): it exists already; name another file or add --overwrite"
        case .unfitForBackup(let path, let detail):
            "cannot back up to \(path): \(detail)"
        case .readOnly(let path):
            "cannot write the database \(path): it or its directory is read-only for this user; "
                + "change the permissions or use another user"
        case .unusable(let path, let detail):
            "cannot open the database \(path): \(detail)"
        case .newerVersion(let path, let found, let known):
            "cannot use the database \(path): its schema \(found) is newer than this judge's "
                + "\(known); install the judge that wrote it"
        case .olderVersion(let path, let found, let known):
            "cannot read the database \(path): its schema \(found) is older than this judge's "
                + "\(known); start a worker on it to bring it up to date"
        case .foreign(let path):
            "cannot use the database \(path): it is not a file of the judge; "
                + "name another file with --database"
        case .corrupt(let path, let detail):
            "cannot use the database \(path): it is damaged (\(detail)); restore a backup"
        case .locked(let path):
            "cannot write the database \(path): another process holds its lock; try again later"
        case .full(let path):
            "cannot write the database \(path): the disk is full; free some space and try again"
        case .noRoom(let path, let needed, let free):
            "cannot bring the database \(path) up to date: that takes more than \(needed), and \(free) "
                + "are free; free some space and try again"
        case .watch(let directory, let detail):
            "cannot watch \(directory) for changes: \(detail); "
                + "raise fs.inotify.max_user_instances or max_user_watches"
        case .closed(let path):
            "cannot use the database \(path): it is closed already"
        case .failed(let doing, let path, let detail):
            "cannot \(doing) in the database \(path): \(detail)"
        }
    }
}
