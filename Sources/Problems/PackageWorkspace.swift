import Foundation
import Glibc
import Synchronization

/// Opens packages, from directories as they lie there and from ZIP files unpacked into a directory of
/// this workspace's own, which goes when the workspace is removed.
package final class PackageWorkspace: Sendable {
    private let directories = Mutex<[String]>([])

    package init() {}

    deinit { remove() }

    /// Reads the package at `path`: a directory, or a file `.zip` or `.kpp` that holds one directory
    /// with a package, or a package without a directory.
    ///
    /// - Parameter id: the name to give the problem; nil for the directory's or the file's own.
    /// - Returns: a problem whose files are there until `remove`.
    /// - Throws: as `PackageLoader.load`, and for an archive that is not safe to unpack.
    package func load(_ path: String, id: String? = nil) throws(ProblemsError) -> Problem {
        let name = String(path.split(separator: "/").last ?? "")
        guard let ending = [".zip", ".kpp"].first(where: name.lowercased().hasSuffix),
            !isDirectory(path)
        else { return try PackageLoader.load(directory: path, id: id) }
        let unpacking = try Unpacking(path)
        let directory = try makeDirectory()
        try unpacking.write(to: directory)
        let own = String(name.dropLast(ending.utf8.count))
        let (root, shown) = try packageRoot(in: directory, of: path)
        var problem = try PackageLoader.load(
            PackageDirectory(root, shown: shown), id: id ?? own)
        let inner = String(shown.split(separator: "/").last ?? "")
        if shown != path, inner != own {
            problem.warnings.append(
                "\(path): holds the directory \(inner), but the format wants it called \(own)")
        }
        return problem
    }

    /// Deletes what was unpacked; problems that were loaded from it must not be used afterwards.
    package func remove() {
        let made = directories.withLock { directories in
            defer { directories = [] }
            return directories
        }
        // What cannot be deleted from the directory for temporary files stays for its keeper.
        for directory in made { try? FileManager.default.removeItem(atPath: directory) }
    }

    private func makeDirectory() throws(ProblemsError) -> String {
        let base = FileManager.default.temporaryDirectory.path(percentEncoded: false)
        var template = Array("\(base)/judge-package-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw writeFailure("made", base, errno) }
        let path = String(
            decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        directories.withLock { $0.append(path) }
        return path
    }

    /// The directory of the archive that is a package: the top, or the only one there.
    private func packageRoot(
        in directory: String, of archive: String
    ) throws(ProblemsError) -> (path: String, shown: String) {
        let top = try PackageDirectory(directory, shown: archive)
        if try PackageLoader.isPackage(top) { return (directory, archive) }
        let entry = PackageEntry(
            name: top.name, kind: .directory, shown: archive, path: top.path)
        var found: [String] = []
        for member in try top.list(entry).entries where member.kind == .directory {
            if try PackageLoader.isPackage(top, below: member.name + "/") {
                found.append(member.name)
            }
        }
        guard let name = found.first, found.count == 1 else {
            throw ProblemsError(
                found.isEmpty
                    ? PackageLoader.notAPackage
                    : "holds \(found.count) packages; give them one by one", file: archive)
        }
        return ("\(directory)/\(name)", "\(archive)/\(name)")
    }
}

private func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}
