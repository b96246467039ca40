import Glibc
import Units

/// Finds the file that a path means before SQLite does, so that the file, its WAL and the watched
/// directory are one place, however the path was spelled.
enum DatabasePath {
    /// - Returns: the absolute path without symbolic links; its file need not exist for `create`.
    static func resolve(_ path: String, access: DatabaseAccess) throws(StoreError) -> String {
        if let real = realPath(path) {
            try check(real, access)
            return real
        }
        guard access == .create else { throw .missing(path: path) }
        let target = try followed(path)
        let (directory, name) = split(target)
        guard !name.isEmpty, let real = realPath(directory) else {
            throw .missingDirectory(path: target)
        }
        guard permits(real, W_OK) else { throw .readOnly(path: target) }
        return real == "/" ? "/\(name)" : "\(real)/\(name)"
    }

    /// Why the file cannot be opened, in the kernel's words, as far as it can be told afterwards.
    static func whyUnusable(_ path: String) -> String? {
        if isDirectory(path) { return "it is a directory" }
        guard permits(path, R_OK) else { return String(cString: strerror(errno)) }
        let directory = split(path).directory
        guard permits(directory, W_OK) else {
            return "its directory must be writable for the files beside it: "
                + String(cString: strerror(errno))
        }
        return nil
    }

    static func split(_ path: String) -> (directory: String, name: String) {
        guard let slash = path.lastIndex(of: "/") else { return (".", path) }
        let directory = path[..<slash]
        return (
            directory.isEmpty ? "/" : String(directory), String(path[path.index(after: slash)...])
        )
    }

    private static func check(_ path: String, _ access: DatabaseAccess) throws(StoreError) {
        if isDirectory(path) { throw .unusable(path: path, detail: "it is a directory") }
        // To open a named pipe is to wait for whoever writes to it.
        guard isKind(path, S_IFREG) else { throw .unusable(path: path, detail: "it is not a file") }
        guard permits(path, R_OK) else {
            throw .unusable(path: path, detail: String(cString: strerror(errno)))
        }
        switch access {
        case .read, .copy: break
        case .write, .create:
            guard permits(path, W_OK), permits(split(path).directory, W_OK) else {
                throw .readOnly(path: path)
            }
        }
    }

    /// Follows symbolic links to a file that does not exist yet; as many as the kernel would.
    private static func followed(_ path: String) throws(StoreError) -> String {
        var path = path
        for _ in 0..<40 {
            guard let link = readLink(path) else { return path }
            path = link.hasPrefix("/") ? link : "\(split(path).directory)/\(link)"
        }
        throw .unusable(path: path, detail: String(cString: strerror(ELOOP)))
    }

    private static func readLink(_ path: String) -> String? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let length = readlink(path, &buffer, buffer.count)
        guard length > 0 else { return nil }
        return String(decoding: buffer.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static func realPath(_ path: String) -> String? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        return String(cString: real)
    }

    /// What a log can grow to: free space, and what there is of a log. Quotas are not seen; nil where it cannot
    /// be told.
    static func room(for path: String) -> ByteCount? {
        var system = statvfs()
        guard statvfs(path, &system) == 0 else { return nil }
        var log = stat()
        let present = stat("\(path)-wal", &log) == 0 ? Int64(log.st_size) : 0
        return ByteCount(Int64(system.f_bfree) * Int64(system.f_frsize) + present)
    }

    private static func isDirectory(_ path: String) -> Bool {
        isKind(path, S_IFDIR)
    }

    private static func isKind(_ path: String, _ kind: mode_t) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == kind
    }

    private static func permits(_ path: String, _ mode: Int32) -> Bool {
        Glibc.access(path, mode) == 0
    }
}
