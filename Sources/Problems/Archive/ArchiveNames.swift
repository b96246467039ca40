/// Decides whether the names in an archive can be unpacked anywhere without surprise.
///
/// Two names clash when some file system would take them for one: equal bytes, equal letters in
/// another case, or the same characters in another Unicode normal form. So do a file and a directory
/// of one name. Directories on the way to a file count like names of their own.
struct ArchiveNames {
    private enum Kind { case stated, implied, file }

    let limits: ArchiveLimits
    /// As every file system would see it -> as it was written, and what it is.
    private var seen: [String: (path: String, kind: Kind)] = [:]

    init(limits: ArchiveLimits) {
        self.limits = limits
    }

    /// Takes the next entry's name as it is in the archive.
    ///
    /// - Returns: its parts, none of them empty, `.` or `..`.
    /// - Throws: a sentence without the archive's name.
    mutating func take(
        _ bytes: [UInt8], isDirectory: Bool
    ) throws(ArchiveNameError) -> [String] {
        guard bytes.count <= limits.nameLength else {
            throw ArchiveNameError("holds a name of more than \(limits.nameLength) bytes")
        }
        guard let name = String(validating: bytes, as: UTF8.self) else {
            throw ArchiveNameError("holds a name that is not UTF-8")
        }
        let shown = "\"\(name.unicodeScalars.map { $0.escaped(asASCII: false) }.joined())\""
        guard bytes.allSatisfy({ $0 >= 32 && $0 != 127 && $0 != UInt8(ascii: "\\") }) else {
            throw ArchiveNameError("holds the name \(shown), with a character that names lack")
        }
        guard !name.utf8.starts(with: "/".utf8) else {
            throw ArchiveNameError("holds the absolute name \(shown)")
        }
        var parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        if isDirectory, parts.last?.isEmpty == true { parts.removeLast() }
        guard !parts.isEmpty, parts.count <= limits.depth else {
            throw ArchiveNameError("holds the name \(shown), which is empty or too deep")
        }
        for part in parts where part.isEmpty || part == "." || part == ".." {
            throw ArchiveNameError("holds the name \(shown), which leads elsewhere")
        }
        guard parts.allSatisfy({ $0.utf8.count <= 255 }) else {
            throw ArchiveNameError("holds the name \(shown), with a part of more than 255 bytes")
        }
        try remember(parts, isDirectory: isDirectory, shown: shown)
        return parts
    }

    private mutating func remember(
        _ parts: [String], isDirectory: Bool, shown: String
    ) throws(ArchiveNameError) {
        var path = ""
        for (index, part) in parts.enumerated() {
            path += index == 0 ? part : "/" + part
            let isLast = index == parts.count - 1
            let kind: Kind = isLast ? (isDirectory ? .stated : .file) : .implied
            // Strings that are equal but for their normal form are equal to Swift.
            let key = path.uppercased().lowercased()
            guard let other = seen[key] else {
                seen[key] = (path, kind)
                continue
            }
            guard other.path.utf8.elementsEqual(path.utf8) else {
                throw ArchiveNameError(
                    "holds \(shown) beside \"\(other.path)\", which some file systems take for one")
            }
            switch (other.kind, kind) {
            case (.implied, .stated): seen[key] = (path, .stated)
            case (.implied, .implied), (.stated, .implied): break
            case (.stated, .stated), (.file, .file):
                throw ArchiveNameError("holds the name \(shown) twice")
            case (.file, _), (_, .file):
                throw ArchiveNameError("holds \(shown) as a file and as a directory")
            }
        }
    }
}

/// Why a name is refused.
struct ArchiveNameError: Error {
    let sentence: String

    init(_ sentence: String) {
        self.sentence = sentence
    }
}
