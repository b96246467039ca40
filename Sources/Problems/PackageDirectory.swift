import Glibc

/// Names that exist for the package format. All others count as removed before the judge looks.
enum PackageName {
    /// `[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,254}`.
    static func isValid(_ name: String) -> Bool {
        let bytes = name.utf8
        guard (1...255).contains(bytes.count), let first = bytes.first else { return false }
        func isWord(_ byte: UInt8) -> Bool {
            switch byte {
            case 48...57, 65...90, 97...122, 95: true
            default: false
            }
        }
        return isWord(first) && bytes.allSatisfy { isWord($0) || $0 == 45 || $0 == 46 }
    }
}

/// A file or directory of a package, links resolved.
struct PackageEntry {
    enum Kind { case file, directory }

    var name: String
    var kind: Kind
    /// As the author sees it: below the package, through its links.
    var shown: String
    /// Absolute, without links.
    var path: String
}

/// The one way into a package's files: lists directories, resolves links, refuses what leads out.
struct PackageDirectory {
    /// A directory below a package may be this deep, which also ends a ring of links.
    static let depthLimit = 32
    static let entryLimit = 100_000

    /// As the caller wrote it, for messages.
    let shown: String
    /// Absolute, without links.
    let path: String

    /// - Parameter shown: how messages name it; nil: as `directory`.
    init(_ directory: String, shown name: String? = nil) throws(ProblemsError) {
        var shown = name ?? directory
        while shown.utf8.count > 1, shown.hasSuffix("/") { shown.removeLast() }
        self.shown = shown
        path = try resolve(directory, shown: shown)
        guard try kind(of: path, shown: shown) == .directory else {
            throw ProblemsError("not a directory; give a package's directory", file: shown)
        }
    }

    var name: String { path.split(separator: "/").last.map(String.init) ?? "" }

    /// The entry at `relative`, a path of plain names; nil when there is none.
    func entry(_ relative: String) throws(ProblemsError) -> PackageEntry? {
        let shown = "\(self.shown)/\(relative)"
        var status = stat()
        guard lstat("\(path)/\(relative)", &status) == 0 else { return nil }
        return try entry(
            name: relative.split(separator: "/").last.map(String.init) ?? relative,
            at: "\(path)/\(relative)", shown: shown)
    }

    /// What a directory of the package holds, in order of the names' bytes, and the names that do
    /// not exist for the format.
    func list(
        _ directory: PackageEntry
    ) throws(ProblemsError) -> (entries: [PackageEntry], removed: [String]) {
        let names = try directoryNames(directory.path, shown: directory.shown)
        guard names.count <= Self.entryLimit else {
            throw ProblemsError(
                "the directory has more than \(Self.entryLimit) entries", file: directory.shown)
        }
        var entries: [PackageEntry] = []
        var removed: [String] = []
        for name in names.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
            guard PackageName.isValid(name) else {
                removed.append(name)
                continue
            }
            entries.append(
                try entry(
                    name: name, at: "\(directory.path)/\(name)", shown: "\(directory.shown)/\(name)"
                ))
        }
        return (entries, removed)
    }

    private func entry(
        name: String, at place: String, shown: String
    ) throws(ProblemsError) -> PackageEntry {
        let real = try resolve(place, shown: shown)
        guard real == path || real.hasPrefix(path == "/" ? "/" : path + "/") else {
            throw ProblemsError("is a link that leads out of the package", file: shown)
        }
        return PackageEntry(
            name: name, kind: try kind(of: real, shown: shown), shown: shown, path: real)
    }
}

private func failure(_ verb: String, _ shown: String, _ code: Int32) -> ProblemsError {
    ProblemsError("cannot be \(verb): \(String(cString: strerror(code)))", file: shown)
}

private func resolve(_ path: String, shown: String) throws(ProblemsError) -> String {
    guard let real = realpath(path, nil) else { throw failure("found", shown, errno) }
    defer { free(real) }
    return String(cString: real)
}

private func kind(of path: String, shown: String) throws(ProblemsError) -> PackageEntry.Kind {
    var status = stat()
    guard stat(path, &status) == 0 else { throw failure("read", shown, errno) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .directory
    default:
        throw ProblemsError("is neither a file nor a directory", file: shown)
    }
}

private func directoryNames(_ path: String, shown: String) throws(ProblemsError) -> [String] {
    guard let stream = opendir(path) else { throw failure("listed", shown, errno) }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
            $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != "." && name != ".." { names.append(name) }
        if names.count > PackageDirectory.entryLimit { break }
    }
    return names
}

/// Reads a whole small file.
///
/// - Throws: when it is larger than `limit` bytes or cannot be read.
func readFile(_ entry: PackageEntry, atMost limit: Int) throws(ProblemsError) -> [UInt8] {
    let fd = open(entry.path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard fd >= 0 else { throw failure("opened", entry.shown, errno) }
    defer { close(fd) }
    var status = stat()
    guard fstat(fd, &status) == 0 else { throw failure("read", entry.shown, errno) }
    // One byte more than there should be, to see the end of the file.
    var bytes = [UInt8](repeating: 0, count: min(limit, Int(status.st_size)) + 1)
    var count = 0
    while count < bytes.count {
        let got = bytes.withUnsafeMutableBytes { buffer in
            read(fd, buffer.baseAddress?.advanced(by: count), buffer.count - count)
        }
        guard got >= 0 else { throw failure("read", entry.shown, errno) }
        guard got > 0 else { return Array(bytes[..<count]) }
        count += got
    }
    throw ProblemsError("has more than \(bytes.count - 1) bytes", file: entry.shown)
}
