import JudgeCore

/// The solutions of a Polygon package with what their tags expect.
struct PolygonExamples {
    /// Verdicts of which a solution with the tag must have one, on some test, and no other than
    /// accepted beside; nil for what is not to be run.
    ///
    /// A presentation error is a wrong answer here. Where memory is a hard limit, a refused
    /// allocation ends many programs as a run-time error.
    static let expectations: [String: [Verdict]?] = [
        "main": [.accepted], "accepted": [.accepted], "wrong-answer": [.wrongAnswer],
        "presentation-error": [.wrongAnswer], "time-limit-exceeded": [.timeLimit],
        "time-limit-exceeded-or-accepted": [.timeLimit, .accepted],
        "time-limit-exceeded-or-memory-limit-exceeded": [.timeLimit, .memoryLimit, .runTimeError],
        "memory-limit-exceeded": [.memoryLimit, .runTimeError],
        "rejected": [
            .wrongAnswer, .timeLimit, .runTimeError, .memoryLimit, .outputLimit, .compilerError,
        ],
        "failed": [.runTimeError], "do-not-run": nil,
    ]

    let files: PolygonFiles
    let xml: XMLElement
    private(set) var found: [ExampleSubmission] = []
    private(set) var warnings: [String] = []

    init(files: PolygonFiles, xml: XMLElement) {
        self.files = files
        self.xml = xml
    }

    mutating func read() throws(ProblemsError) {
        for element in xml.find("assets", "solutions")?.children("solution") ?? [] {
            try readSolution(element)
        }
    }

    private mutating func readSolution(_ element: XMLElement) throws(ProblemsError) {
        guard let source = element.child("source"), let path = source["path"] else {
            throw element.error("the solution names no source")
        }
        guard let tag = element["tag"], let expected = Self.expectations[tag] else {
            warnings.append(
                element.warning(
                    "\(path) is not judged: its tag \"\(element["tag"] ?? "")\" is not known"))
            return
        }
        guard let expected else {
            warnings.append(element.warning("\(path) is not judged: its tag is do-not-run"))
            return
        }
        guard PolygonFiles.isPlain(path) else {
            warnings.append(element.warning("\(path) is not judged: its name is not allowed"))
            return
        }
        guard let entry = try files.file(path, for: source) else {
            throw source.error("the solution \(path) is not in the package")
        }
        guard let type = source["type"], let wish = PolygonLanguage.wish(for: type) else {
            warnings.append(
                source.warning(
                    "\(path) is not judged: its type \"\(source["type"] ?? "")\" is not known"))
            return
        }
        if element.child("extra-tags")?.children.isEmpty == false {
            warnings.append(
                element.warning(
                    "\(path): its tags for single groups and testsets are not compared"))
        }
        found.append(
            ExampleSubmission(
                path: path, files: [PackageFile(name: entry.name, path: entry.path)],
                expected: expected, isJudgedByTests: true,
                language: wish))
    }
}
