import Synchronization

/// Installed copies of packages as they were read, for whoever judges by the same again.
///
/// A copy never changes. One is read again all the same when its package file, or a directory in which tests lie
/// or that leads there, is another than it was: when another copy was put in its place. What is written into its
/// other files by hand is not noticed.
package final class LoadedPackages: Sendable {
    private struct Entry {
        var problem: Problem
        var places: FileMarks
        var lastUse: Int
    }

    private struct State {
        var entries: [String: Entry] = [:]
        var clock = 0
    }

    private let limit: Int
    private let state = Mutex(State())

    /// - Parameter limit: of the tests of all that are kept together; the longest unused go first.
    package init(limit: Int = 10_000) {
        self.limit = limit
    }

    /// - Parameter directory: absolute.
    /// - Throws: as `PackageLoader.load`; nothing is remembered of that.
    package func load(directory: String, id: String) throws(ProblemsError) -> Problem {
        if let known = find(directory, id) { return known }
        let begun = FileMarks.now
        let problem = try PackageLoader.load(directory: directory, id: id)
        let places = Self.places(of: problem, at: directory)
        // What changes while it is read is read again.
        if places.areBefore(begun) { keep(problem, places, directory) }
        return problem
    }

    /// How many are kept.
    package var count: Int { state.withLock { $0.entries.count } }

    private func find(_ directory: String, _ id: String) -> Problem? {
        let entry = state.withLock { state -> Entry? in
            guard state.entries[directory]?.problem.id == id else { return nil }
            state.clock += 1
            state.entries[directory]?.lastUse = state.clock
            return state.entries[directory]
        }
        guard let entry else { return nil }
        guard entry.places.changed.isEmpty else {
            state.withLock { _ = $0.entries.removeValue(forKey: directory) }
            return nil
        }
        return entry.problem
    }

    private func keep(_ problem: Problem, _ places: FileMarks, _ directory: String) {
        guard problem.tests.count <= limit else { return }
        state.withLock { state in
            state.clock += 1
            state.entries[directory] = Entry(
                problem: problem, places: places, lastUse: state.clock)
            while state.entries.values.reduce(0, { $0 + max(1, $1.problem.tests.count) }) > limit,
                let oldest = state.entries.min(by: { $0.value.lastUse < $1.value.lastUse })
            {
                state.entries.removeValue(forKey: oldest.key)
            }
        }
    }

    private static func roots(of directory: String) -> [String] {
        [
            directory, "\(directory)/\(KattisPackage.fileName)",
            "\(directory)/\(PolygonPackage.fileName)",
        ]
    }

    /// The package's directory and file, and the directories of its tests with those above them.
    ///
    /// - Parameter directory: as it was named, which may be a link.
    private static func places(of problem: Problem, at directory: String) -> FileMarks {
        let root = problem.directory
        var places = Set(roots(of: root) + roots(of: directory))
        var last: Substring = ""
        for test in problem.tests {
            guard let slash = test.inputPath.lastIndex(of: "/") else { continue }
            var folder = test.inputPath[..<slash]
            guard folder != last else { continue }
            last = folder
            while folder.utf8.count > root.utf8.count, places.insert(String(folder)).inserted,
                let above = folder.lastIndex(of: "/")
            {
                folder = folder[..<above]
            }
        }
        return FileMarks(Array(places))
    }
}
