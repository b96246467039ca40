import Glibc

/// Unpacks an archive into an empty directory: whole or, when anything is wrong with it, refused.
///
/// Files are written first and links made last, so that nothing is ever written through a link. What
/// a link leads to must be in the archive.
struct Unpacking: ~Copyable {
    private let archive: Archive
    private let entries: [Archive.Entry]
    private let shown: String
    private static let linkLimit: Int64 = 4_096

    init(_ path: String, limits: ArchiveLimits = ArchiveLimits()) throws(ProblemsError) {
        let archive = try Archive.opened(path, limits: limits)
        entries = try archive.entries(limits: limits)
        self.archive = archive
        shown = path
    }

    /// - Parameter directory: empty, and nobody else's.
    func write(to directory: String) throws(ProblemsError) {
        let targets = try linkTargets()
        var made: Set<String> = []
        for entry in entries {
            let depth = entry.kind == .directory ? entry.parts.count : entry.parts.count - 1
            try makeDirectories(entry.parts[..<depth], below: directory, made: &made)
            if entry.kind == .file {
                try writeFile(entry, to: "\(directory)/\(entry.parts.joined(separator: "/"))")
            }
        }
        for (entry, target) in targets {
            let place = "\(directory)/\(entry.parts.joined(separator: "/"))"
            guard symlink(target, place) == 0 else { throw writeFailure("made", place, errno) }
        }
    }

    /// Every link with what it leads to, which is in the archive: links to links too, whose own
    /// targets are checked the same way.
    private func linkTargets() throws(ProblemsError) -> [(entry: Archive.Entry, target: String)] {
        guard entries.contains(where: { $0.kind == .link }) else { return [] }
        var names: Set<[String]> = [[]]
        for entry in entries {
            for depth in 1...entry.parts.count { names.insert(Array(entry.parts[..<depth])) }
        }
        var targets: [(entry: Archive.Entry, target: String)] = []
        for entry in entries where entry.kind == .link {
            let name = entry.parts.joined(separator: "/")
            guard entry.size <= Self.linkLimit else {
                throw ProblemsError("holds the link \(name), which is too long", file: shown)
            }
            var bytes: [UInt8] = []
            try archive.read(entry) { bytes += $0 }
            guard let target = String(validating: bytes, as: UTF8.self),
                let place = Self.place(of: target, from: entry.parts.dropLast())
            else {
                throw ProblemsError(
                    "holds the link \(name), which leads out of the package", file: shown)
            }
            guard names.contains(place) else {
                throw ProblemsError("holds the link \(name), which leads to nothing", file: shown)
            }
            targets.append((entry, target))
        }
        return targets
    }

    /// Where a link leads, by its words alone; nil when that is outside, or cannot be said by them:
    /// behind a name that may be another link's, `..` leads anywhere.
    private static func place(of target: String, from directory: ArraySlice<String>) -> [String]? {
        guard !target.isEmpty, !target.utf8.contains(0), !target.utf8.starts(with: "/".utf8) else {
            return nil
        }
        var place = Array(directory)
        var isBelowName = false
        for part in target.split(separator: "/") where part != "." {
            if part == ".." {
                guard !isBelowName, place.popLast() != nil else { return nil }
            } else {
                isBelowName = true
                place.append(String(part))
            }
        }
        return place
    }

    private func makeDirectories(
        _ parts: ArraySlice<String>, below directory: String, made: inout Set<String>
    ) throws(ProblemsError) {
        var path = directory
        for part in parts {
            path += "/" + part
            guard made.insert(path).inserted else { continue }
            guard mkdir(path, 0o755) == 0 else { throw writeFailure("made", path, errno) }
        }
    }

    private func writeFile(
        _ entry: Archive.Entry, to place: String
    ) throws(ProblemsError) {
        let output = open(place, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
        guard output >= 0 else { throw writeFailure("made", place, errno) }
        defer { close(output) }
        try archive.read(entry) { (bytes) throws(ProblemsError) in
            var done = 0
            while done < bytes.count {
                let written = Glibc.write(
                    output, bytes.baseAddress?.advanced(by: done), bytes.count - done)
                guard written > 0 else { throw writeFailure("written", place, errno) }
                done += written
            }
        }
    }
}
