import Problems

/// A Polygon package written for one test: every part of `problem.xml` may be another.
struct PolygonXML {
    var head = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
    var judging = "input-file=\"\" output-file=\"\""
    var testset = "name=\"tests\""
    var timeLimit = "1500"
    var memoryLimit = "268435456"
    var testCount: Int?
    var inputPattern = "tests/%02d"
    var answerPattern = "tests/%02d.a"
    /// One element `test` each.
    var tests = ["<test method=\"manual\"/>"]
    var groups = ""
    var moreTestsets = ""
    var resources = "<file path=\"files/testlib.h\" type=\"h.g++\"/>"
    var checker = """
        <checker type="testlib"><source path="files/check.cpp" type="cpp.g++17"/></checker>
        """
    var assets = ""
    var more = ""

    var text: String {
        """
        \(head)<problem short-name="sum">
        <names><name language="russian" value="C"/><name language="english" value="Sum"/></names>
        <judging \(judging)><testset \(testset)>
        <time-limit>\(timeLimit)</time-limit><memory-limit>\(memoryLimit)</memory-limit>
        <test-count>\(testCount ?? tests.count)</test-count>
        <input-path-pattern>\(inputPattern)</input-path-pattern>
        <answer-path-pattern>\(answerPattern)</answer-path-pattern>
        <tests>\(tests.joined(separator: "\n"))</tests>
        \(groups)
        </testset>\(moreTestsets)</judging>
        <files><resources>\(resources)</resources></files>
        <assets>\(checker)\(assets)</assets>\(more)
        </problem>
        """
    }

    /// With the files that it names.
    func folder(
        _ files: [String: String] = [:], without missing: Set<String> = []
    ) throws -> PackageFolder {
        var all = [
            "problem.xml": text, "files/testlib.h": "", "files/check.cpp": "#include \"testlib.h\"",
        ]
        for index in 1...max(1, tests.count) {
            let name = index < 10 ? "tests/0\(index)" : "tests/\(index)"
            all[name] = "\(index)\n"
            all[name + ".a"] = "\(index)\n"
        }
        all.merge(files) { $1 }
        return try PackageFolder(
            all.filter { !missing.contains($0.key) }, yaml: nil, data: false)
    }

    func load(_ files: [String: String] = [:]) throws -> Problem { try folder(files).load() }

    func refusal(
        _ files: [String: String] = [:], without missing: Set<String> = []
    ) throws -> String? {
        try folder(files, without: missing).refusal()
    }
}
