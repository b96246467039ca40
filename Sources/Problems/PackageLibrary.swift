import Foundation
import Glibc

/// A package that was copied into a library.
package struct InstalledPackage: Sendable {
    /// As loaded from the copy.
    package var problem: Problem
    /// SHA-256 of names and contents, 64 hexadecimal digits.
    package var digest: String
    /// Whether the copy was made now, and not there before.
    package var isNew: Bool

    package init(problem: Problem, digest: String, isNew: Bool) {
        self.problem = problem
        self.digest = digest
        self.isNew = isNew
    }
}

/// Copies of packages below one directory, each at `<id>/<digest>`: a copy never changes, so that
/// what is judged twice is judged by the same data.
package struct PackageLibrary: Sendable {
    package let directory: String

    /// - Parameter directory: made when the first package is installed.
    package init(directory: String) {
        self.directory = directory
    }

    /// Keeps other installers out for as long as it lives, so that a copy can be taken back.
    package struct Lock: ~Copyable {
        private let descriptor: Int32

        fileprivate init(_ descriptor: Int32) {
            self.descriptor = descriptor
        }

        deinit {
            close(descriptor)
        }
    }

    /// Waits until nobody else installs here.
    ///
    /// - Throws: when the directory cannot be made or opened.
    package func lock() throws(ProblemsError) -> Lock {
        try makeDirectories(directory)
        let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw writeFailure("opened", directory, errno) }
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else {
                let code = errno
                close(descriptor)
                throw writeFailure("locked", directory, code)
            }
        }
        return Lock(descriptor)
    }

    /// Takes back a copy that was made by `install` under the same lock and is used by nobody; one
    /// that was there before stays.
    package func discard(_ package: InstalledPackage, under lock: borrowing Lock) {
        guard package.isNew else { return }
        try? FileManager.default.removeItem(atPath: package.problem.directory)
        rmdir("\(directory)/\(package.problem.id)")
    }

    /// What `install` would name the copy of a loaded package, which is read whole and not copied.
    package func digest(of problem: Problem) throws(ProblemsError) -> String {
        var copy = PackageCopy(source: try PackageDirectory(problem.directory))
        return try copy.write(to: nil)
    }

    /// Copies a loaded package: whole or not at all, links replaced by what they lead to, names that
    /// do not exist for the format left out. A copy that is there already is used.
    ///
    /// - Throws: when the package cannot be read or the copy not be written.
    package func install(_ problem: Problem) throws(ProblemsError) -> InstalledPackage {
        let home = "\(directory)/\(problem.id)"
        try makeDirectories(home)
        // Nothing stays of a copy that failed; a directory with packages stays whole.
        defer { rmdir(home) }
        let source = try PackageDirectory(problem.directory)
        let draft = try makeDraft(in: home)
        // Gone when it was renamed; a second failure must not hide the first.
        defer { try? FileManager.default.removeItem(atPath: draft) }
        var copy = PackageCopy(source: source)
        let digest = try copy.write(to: draft)

        let place = "\(home)/\(digest)"
        var isNew = true
        if rename(draft, place) != 0 {
            let code = errno
            guard code == ENOTEMPTY || code == EEXIST else {
                throw writeFailure("renamed to \(place)", draft, code)
            }
            isNew = false
        }
        var installed = try PackageLoader.load(directory: place, id: problem.id)
        installed.timeLimit = installed.timeLimit ?? problem.timeLimit
        return InstalledPackage(problem: installed, digest: digest, isNew: isNew)
    }

    private func makeDirectories(_ path: String) throws(ProblemsError) {
        var prefix = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            prefix += "/\(part)"
            if mkdir(prefix, 0o755) != 0, errno != EEXIST {
                throw writeFailure("made", prefix, errno)
            }
        }
    }

    private func makeDraft(in home: String) throws(ProblemsError) -> String {
        var template = Array("\(home)/.draft-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw writeFailure("made", home, errno) }
        let path = String(
            decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        guard chmod(path, 0o755) == 0 else { throw writeFailure("changed", path, errno) }
        return path
    }
}

/// Of reading a package.
func readFailure(_ verb: String, _ path: String, _ code: Int32) -> ProblemsError {
    ProblemsError("cannot be \(verb): \(String(cString: strerror(code)))", file: path)
}

/// Of writing its copy.
func writeFailure(_ verb: String, _ path: String, _ code: Int32) -> ProblemsError {
    ProblemsError(
        "cannot be \(verb): \(String(cString: strerror(code)))", file: path, writeError: code)
}
