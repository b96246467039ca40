import JudgeCore
import Units

/// One package as Polygon exports it: `problem.xml` with the tests, checker and solutions it names.
///
/// Files are those that `problem.xml` names; nothing else of the package is looked at, and nothing is
/// run. `docs/problems.md` says what was decided where testlib, Polygon and Codeforces differ.
struct PolygonPackage {
    static let fileName = "problem.xml"
    static let formatVersion = "polygon"
    /// Answers of problems from contests without an output limit.
    private static let outputLimit = ByteCount.mebibytes(64)

    let root: PackageDirectory
    let id: String

    func read() throws(ProblemsError) -> (problem: Problem, needs: [PackageNeed]) {
        guard let entry = try root.entry(Self.fileName), entry.kind == .file else {
            throw ProblemsError("holds no file \(Self.fileName)", file: root.shown)
        }
        let xml = try XMLFile.read(entry)
        guard xml.name == "problem" else {
            throw xml.error("is no Polygon problem: its element is \(xml.name), not problem")
        }
        guard let judging = xml.child("judging") else { throw xml.error("has no element judging") }
        try refuseSeveralRuns(judging)
        let files = PolygonFiles(root: root)
        var programs = PolygonPrograms(files: files, xml: xml)
        let testlib = try programs.testlib()
        let included = try programs.included()
        var set = try PolygonTestset(judging, files: files)
        try set.read()
        let groups = try PolygonGroups(set).read()
        var examples = PolygonExamples(files: files, xml: xml)
        try examples.read()

        var limits = ProblemLimits()
        limits.memory = set.memoryLimit
        limits.output = Self.outputLimit
        var kind = ProblemKind()
        kind.objective = groups.isScoring ? .max : nil
        kind.isInteractive = testlib.interactor != nil
        var problem = Problem(
            id: id, name: name(xml) ?? id, formatVersion: Self.formatVersion,
            directory: root.path, timeLimit: set.timeLimit, limits: limits, languages: nil,
            kind: kind, programs: ProblemPrograms(), included: included, tests: set.tests,
            data: groups.tree, examples: examples.found,
            warnings: set.warnings + groups.warnings + programs.warnings + examples.warnings)
        problem.programs.testlib = testlib
        problem.streams = try streams(judging)
        problem.allowFileWriting = problem.streams != ProblemStreams()
        if let interactor = testlib.interactor, problem.streams != ProblemStreams() {
            throw judging.error(
                "the interactor \(interactor.path) talks over standard streams, but input-file or "
                    + "output-file names a file")
        }
        return (problem, set.needs)
    }

    /// Problems whose second run is given the first one's output.
    private func refuseSeveralRuns(_ judging: XMLElement) throws(ProblemsError) {
        guard let count = judging["run-count"], count != "1" else { return }
        throw judging.error(
            "run-count is \(count): problems that run a submission more than once are not supported"
        )
    }

    private func streams(_ judging: XMLElement) throws(ProblemsError) -> ProblemStreams {
        var streams = ProblemStreams()
        for attribute in ["input-file", "output-file"] {
            guard let name = judging[attribute] else { continue }
            guard SourceFile.isValid(name: name) else {
                throw judging.error("\(attribute) \"\(name)\" is no plain file name")
            }
            if attribute == "input-file" {
                streams.inputFile = name
            } else {
                streams.outputFile = name
            }
        }
        guard streams.inputFile == nil || streams.inputFile != streams.outputFile else {
            throw judging.error("input-file and output-file are one file")
        }
        return streams
    }

    /// English where there is a choice.
    private func name(_ xml: XMLElement) -> String? {
        let names = xml.child("names")?.children("name") ?? []
        return (names.first { $0["language"] == "english" } ?? names.first)?["value"]
    }
}

/// The files that `problem.xml` names.
struct PolygonFiles {
    let root: PackageDirectory

    /// The regular file at a path of plain names; nil when there is none.
    ///
    /// - Throws: for a path that leaves the package or has a name that a copy would leave out.
    func file(_ path: String, for element: XMLElement) throws(ProblemsError) -> PackageEntry? {
        guard Self.isPlain(path) else {
            throw element.error(
                "the path \"\(path)\" is not one of plain names, such as files/check.cpp")
        }
        guard let entry = try root.entry(path), entry.kind == .file else { return nil }
        return entry
    }

    static func isPlain(_ path: String) -> Bool {
        path.split(separator: "/", omittingEmptySubsequences: false)
            .allSatisfy { PackageName.isValid(String($0)) }
    }
}
