/// Reads problem packages from directories; `PackageWorkspace` also from archives.
///
/// The format is found by what the directory holds: Kattis/ICPC by problem.yaml, Polygon by problem.xml.
/// Reading executes
/// nothing, follows no link out of the package and loads no test data. What this judge cannot do yet
/// but the package needs is refused here, so that no package is ever judged by half its rules.
package enum PackageLoader {
    /// - Parameters:
    ///   - directory: absolute, or relative to the working directory.
    ///   - id: the name to give the problem; nil for the directory's own.
    /// - Throws: for a package that is broken or needs what is not supported.
    package static func load(
        directory: String, id: String? = nil
    ) throws(ProblemsError) -> Problem {
        try load(PackageDirectory(directory), id: id)
    }

    static func load(
        _ root: PackageDirectory, id: String?
    ) throws(ProblemsError) -> Problem {
        let (problem, needs) = try readWithNeeds(root, id: id)
        if let need = needs.first {
            throw ProblemsError(need.sentence, file: need.file, line: need.line)
        }
        return problem
    }

    /// Reads a package that judging may not be able to judge yet.
    package static func read(
        directory: String, id: String? = nil
    ) throws(ProblemsError) -> Problem {
        try readWithNeeds(PackageDirectory(directory), id: id).problem
    }

    static let notAPackage =
        "is not a problem package: it holds neither problem.yaml nor problem.xml"

    /// Whether a directory holds what a package of some format begins with.
    static func isPackage(
        _ root: PackageDirectory, below prefix: String = ""
    ) throws(ProblemsError) -> Bool {
        for name in [KattisPackage.fileName, PolygonPackage.fileName] {
            if try root.entry(prefix + name) != nil { return true }
        }
        return false
    }

    private static func readWithNeeds(
        _ root: PackageDirectory, id: String?
    ) throws(ProblemsError) -> (problem: Problem, needs: [PackageNeed]) {
        let id = id ?? root.name
        guard PackageName.isValid(id) else {
            throw ProblemsError(
                "\"\(id)\" cannot be a problem's name: use letters, digits, _ . and -, beginning "
                    + "with a letter, digit or _",
                file: root.shown)
        }
        if try root.entry(KattisPackage.fileName) != nil {
            return try KattisPackage(root: root, id: id).read()
        }
        if try root.entry(PolygonPackage.fileName) != nil {
            return try PolygonPackage(root: root, id: id).read()
        }
        throw ProblemsError(notAPackage, file: root.shown)
    }
}
