import JudgeCore
import Units

/// The tests that are judged: those of the testset `tests`, else of the only one there is.
struct PolygonTestset {
    private static let name = "tests"
    /// Of a limit on time; some tools write one of no meaning.
    private static let longest = Duration.seconds(3_600)
    /// Polygon has no smaller limit; above the larger is more than machines have.
    private static let memory = ByteCount.mebibytes(4)...ByteCount.mebibytes(1 << 20)

    let files: PolygonFiles
    let element: XMLElement
    let name: String
    let timeLimit: Duration
    let memoryLimit: ByteCount
    private(set) var tests: [TestCase] = []
    /// The element of each test, by its index.
    private(set) var elements: [XMLElement] = []
    private(set) var warnings: [String] = []
    private(set) var needs: [PackageNeed] = []

    init(_ judging: XMLElement, files: PolygonFiles) throws(ProblemsError) {
        self.files = files
        let sets = judging.children("testset")
        guard
            let chosen = sets.first(where: { $0["name"] == Self.name })
                ?? (sets.count == 1 ? sets.first : nil)
        else {
            throw judging.error(
                sets.isEmpty
                    ? "has no testset" : "has \(sets.count) testsets, and none is called tests")
        }
        element = chosen
        name = chosen["name"] ?? Self.name
        guard PackageName.isValid(name) else {
            throw chosen.error("\"\(name)\" cannot be a testset's name")
        }
        let time = try chosen.wholeNumber("time-limit")
        guard Duration.milliseconds(time) <= Self.longest else {
            throw chosen.error("time-limit is \(time) ms, more than an hour")
        }
        timeLimit = .milliseconds(time)
        memoryLimit = ByteCount(try chosen.wholeNumber("memory-limit"))
        guard Self.memory.contains(memoryLimit) else {
            throw chosen.error(
                "memory-limit is \(memoryLimit.bytes) bytes, which is not from 4 MiB to 1 TiB")
        }
        warnings = sets.filter { $0.line != chosen.line }.map {
            $0.warning("the testset \($0["name"] ?? "") is not judged; \(name) is")
        }
    }

    mutating func read() throws(ProblemsError) {
        let input = try PathPattern(element, "input-path-pattern")
        let answer = try PathPattern(element, "answer-path-pattern")
        elements = element.child("tests")?.children("test") ?? []
        let count = try element.wholeNumber("test-count")
        guard count == elements.count else {
            throw (element.child("test-count") ?? element).error(
                "test-count is \(count), but tests has \(elements.count) elements test")
        }
        guard elements.count <= PackageDirectory.entryLimit else {
            throw element.error("has more than \(PackageDirectory.entryLimit) tests")
        }
        var missing: [String] = []
        for (place, test) in elements.enumerated() {
            let paths = (input: input.path(place + 1), answer: answer.path(place + 1))
            let found = (
                input: try files.file(paths.input, for: test),
                answer: try files.file(paths.answer, for: test)
            )
            if found.input == nil { missing.append(paths.input) }
            if found.answer == nil { missing.append(paths.answer) }
            tests.append(
                TestCase(
                    name: paths.input, group: test["group"] ?? name,
                    inputPath: found.input?.path ?? "", answerPath: found.answer?.path ?? "",
                    validatorFlags: [], points: try test.points()))
        }
        if let need = need(missing) { needs.append(need) }
    }

    /// What a "standard" package leaves out.
    private func need(_ missing: [String]) -> PackageNeed? {
        guard !missing.isEmpty else { return nil }
        let listed = missing.prefix(10).joined(separator: ", ")
        let more = missing.count > 10 ? " and \(missing.count - 10) more" : ""
        return PackageNeed(
            sentence:
                "\(missing.count) test files are missing: \(listed)\(more); export the package "
                + "with its tests, or run its doall.sh",
            file: element.file, line: element.line)
    }
}

/// `tests/%02d.a`: a path with one number, which has more digits where it needs them.
struct PathPattern: Equatable {
    private let before: String
    private let after: String
    private let width: Int

    init(_ testset: XMLElement, _ name: String) throws(ProblemsError) {
        let element = testset.child(name) ?? testset
        let text = testset.child(name)?.text ?? ""
        let parts = text.split(separator: "%", omittingEmptySubsequences: false)
        let digits = parts.count == 2 ? parts[1].prefix { $0.isASCII && $0.isNumber } : ""
        guard parts.count == 2, parts[1].dropFirst(digits.count).first == "d",
            digits.isEmpty || digits.first == "0" && digits.count <= 2
        else {
            throw element.error(
                "\(name) \"\(text)\" is not a path with one number such as tests/%02d")
        }
        before = String(parts[0])
        after = String(parts[1].dropFirst(digits.count + 1))
        width = Int(digits) ?? 0
        guard PolygonFiles.isPlain(path(1)) else {
            throw element.error("\(name) \"\(text)\" is not a path of plain names")
        }
    }

    func path(_ index: Int) -> String {
        let number = String(index)
        return before + String(repeating: "0", count: max(0, width - number.utf8.count)) + number
            + after
    }
}

extension XMLElement {
    /// The number above zero in a child of this name.
    func wholeNumber(_ name: String) throws(ProblemsError) -> Int64 {
        guard let child = child(name) else { throw error("\(self.name) has no \(name)") }
        let words = child.text.split(whereSeparator: \.isWhitespace)
        guard words.count == 1, let number = Int64(words[0]), number > 0 else {
            throw child.error("\(name) is not a whole number above 0")
        }
        return number
    }

    /// The attribute `points`: zero or more; nil when there is none.
    func points() throws(ProblemsError) -> Double? {
        guard let text = self["points"] else { return nil }
        guard let points = Double(text), points >= 0, points <= 1e9 else {
            throw error("points \"\(text)\" is not a number from 0 to a billion")
        }
        return points
    }
}
