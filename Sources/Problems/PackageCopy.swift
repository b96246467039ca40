import Glibc

/// Copies a package file by file and digests it on the way: the digest is of the bytes that were
/// written.
struct PackageCopy {
    /// Dot-files that count although the format does not know their names.
    private static let keptDotFiles = [".timelimit"]
    private static let sizeLimit: Int64 = 16 << 30

    let source: PackageDirectory
    private var digest = SHA256()
    private var size: Int64 = 0

    init(source: PackageDirectory) {
        self.source = source
    }

    /// Writes the copy into an empty directory, or nowhere when only the digest is wanted.
    ///
    /// - Returns: the digest, of every file's path, size and content in order.
    mutating func write(to target: String?) throws(ProblemsError) -> String {
        let root = PackageEntry(
            name: source.name, kind: .directory, shown: source.shown, path: source.path)
        try copy(root, to: target, relative: "", depth: 0)
        for name in Self.keptDotFiles {
            if let entry = try source.entry(name), entry.kind == .file {
                try copyFile(entry, to: target.map { "\($0)/\(name)" }, relative: name)
            }
        }
        return digest.finish()
    }

    private mutating func copy(
        _ directory: PackageEntry, to target: String?, relative: String, depth: Int
    ) throws(ProblemsError) {
        guard depth < PackageDirectory.depthLimit else {
            throw ProblemsError(
                "is nested more than \(PackageDirectory.depthLimit) deep", file: directory.shown)
        }
        for entry in try source.list(directory).entries {
            let place = target.map { "\($0)/\(entry.name)" }
            let name = relative + entry.name
            switch entry.kind {
            case .file:
                try copyFile(entry, to: place, relative: name)
            case .directory:
                if let place, mkdir(place, 0o755) != 0 {
                    throw writeFailure("made", place, errno)
                }
                try copy(entry, to: place, relative: name + "/", depth: depth + 1)
            }
        }
    }

    private mutating func copyFile(
        _ entry: PackageEntry, to place: String?, relative: String
    ) throws(ProblemsError) {
        let input = open(entry.path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard input >= 0 else { throw readFailure("opened", entry.shown, errno) }
        defer { close(input) }
        let output = try place.map { (place) throws(ProblemsError) in try CopiedFile(place) }

        digest.add(Array("\(relative)\0".utf8))
        var copied: Int64 = 0
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            try stopIfCancelled(source.shown)
            let got = read(input, &buffer, buffer.count)
            guard got >= 0 else { throw readFailure("read", entry.shown, errno) }
            guard got > 0 else { break }
            try output?.write(buffer[..<got])
            digest.add(buffer[..<got])
            copied += Int64(got)
            size += Int64(got)
            guard size <= Self.sizeLimit else {
                throw ProblemsError("the package is larger than 16 GiB", file: source.shown)
            }
        }
        try output?.sync()
        digest.add(Array("\0\(copied)\0".utf8))
    }
}

/// A file of the copy, open for writing.
private final class CopiedFile {
    private let place: String
    private let descriptor: Int32

    init(_ place: String) throws(ProblemsError) {
        self.place = place
        descriptor = open(place, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw writeFailure("made", place, errno) }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    func write(_ bytes: ArraySlice<UInt8>) throws(ProblemsError) {
        var rest = bytes
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard written > 0 else { throw writeFailure("written", place, errno) }
            rest = rest.dropFirst(written)
        }
    }

    /// After a power failure a copy must be whole or absent: it is never written again.
    func sync() throws(ProblemsError) {
        guard fsync(descriptor) == 0 else { throw writeFailure("written to disk", place, errno) }
    }
}
