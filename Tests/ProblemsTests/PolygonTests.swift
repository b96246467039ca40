import JudgeCore
import Problems
import Testing
import Units

@Suite struct PolygonTests {
    @Test("A Polygon package is read: name, limits in milliseconds and bytes, tests, checker")
    func whole() throws {
        let problem = try PolygonXML().load()
        #expect(problem.name == "Sum" && problem.formatVersion == "polygon")
        #expect(problem.timeLimit == .milliseconds(1_500))
        #expect(problem.limits.memory == .mebibytes(256))
        #expect(problem.limits.output == .mebibytes(64))
        #expect(problem.tests.map(\.name) == ["tests/01"])
        #expect(problem.tests[0].inputPath.hasSuffix("/tests/01"))
        #expect(problem.tests[0].answerPath.hasSuffix("/tests/01.a"))
        #expect(problem.kind.objective == nil && !problem.allowFileWriting)
        let checker = try #require(problem.programs.testlib?.checker)
        #expect(checker.files.map(\.name) == ["check.cpp", "testlib.h"])
        #expect(checker.language == LanguageWish(stated: "cpp.g++17", code: "cpp", id: "cpp17"))
        #expect(problem.warnings == [])
    }

    @Test("Where a package holds problem.yaml and problem.xml, problem.yaml counts")
    func both() throws {
        let folder = try PackageFolder(["problem.xml": PolygonXML().text])
        #expect(try folder.load().formatVersion == "legacy")
    }

    @Test("A Polygon package is read from a ZIP file, with its directory and without")
    func zip() throws {
        for prefix in ["", "sum/"] {
            var file = ZIPFile()
            for (name, text) in [
                "problem.xml": PolygonXML().text, "files/testlib.h": "", "files/check.cpp": "",
                "tests/01": "1", "tests/01.a": "1",
            ] { file.add(prefix + name, text) }
            let place = try ArchiveTests.Place()
            try place.write(file.bytes)
            #expect(try place.workspace.load(place.path).formatVersion == "polygon")
        }
    }

    @Test("Tests come in the order of their index, also beyond 99")
    func order() throws {
        var xml = PolygonXML()
        xml.tests = (1...112).map { _ in "<test method=\"manual\"/>" }
        let names = try xml.load().tests.map(\.name)
        #expect(names[8...9] == ["tests/09", "tests/10"])
        #expect(names[98...101] == ["tests/99", "tests/100", "tests/101", "tests/102"])
        #expect(names.count == 112 && names.last == "tests/112")
    }

    @Test(
        "Path patterns are printf's, with one number",
        arguments: [
            ("data/%02d", "data/07"), ("tests/%03d.in", "tests/007.in"), ("t%d", "t7"),
            ("%01d/in", "7/in"),
        ])
    func pattern(text: String, path: String) throws {
        var xml = PolygonXML()
        xml.inputPattern = text
        xml.tests = (1...7).map { _ in "<test method=\"manual\"/>" }
        let refusal = try #require(try xml.refusal())
        #expect(refusal.contains("7 test files are missing: "))
        #expect(refusal.contains(path + ";") || refusal.contains(path + ","), "\(refusal)")
    }

    @Test(
        "Patterns that are not a path within the package with one number are refused",
        arguments: [
            "", "tests", "tests/%s", "tests/%02d/%02d", "../%02d", "/tests/%02d", "tests/%2d",
            "tests/%9999999999d", "tests/%02", "a//%d", "tests/%02d b",
        ])
    func badPattern(text: String) throws {
        var xml = PolygonXML()
        xml.answerPattern = text
        let refusal = try #require(try xml.refusal())
        #expect(refusal.hasPrefix("P/problem.xml:"))
        #expect(refusal.contains("answer-path-pattern \"\(text)\""), "\(refusal)")
    }

    @Test("The testset called tests is judged, or the only one; others are warned of")
    func testsets() throws {
        var xml = PolygonXML()
        xml.moreTestsets = "\n<testset name=\"pretests\"></testset>"
        #expect(
            try xml.folder().warnings() == [
                "P/problem.xml:12: the testset pretests is not judged; tests is"
            ])
        xml.testset = "name=\"samples\""
        #expect(try xml.refusal()?.contains("has 2 testsets, and none is called tests") == true)
        xml.moreTestsets = ""
        #expect(try xml.load().tests[0].group == "samples")
    }

    static let broken: [(change: @Sendable (inout PolygonXML) -> Void, words: String)] = [
        ({ $0.timeLimit = "0" }, ":5: time-limit is not a whole number above 0"),
        ({ $0.timeLimit = "1.5" }, ":5: time-limit is not"),
        ({ $0.timeLimit = "86400000" }, "more than an hour"),
        ({ $0.memoryLimit = "256MB" }, ":5: memory-limit is not"),
        ({ $0.memoryLimit = "4194303" }, "memory-limit is 4194303 bytes, which is not from 4 MiB"),
        ({ $0.memoryLimit = "\(Int64.max)" }, "memory-limit is \(Int64.max) bytes, which is not"),
        ({ $0.testCount = 2 }, ":6: test-count is 2, but tests has 1"),
        ({ $0.checker = "" }, "names neither a checker nor an interactor"),
        ({ $0.checker = "<checker type=\"script\"/>" }, "the checker's type is script"),
        ({ $0.checker = "<checker type=\"testlib\"/>" }, "the checker names no source"),
        (
            { $0.checker = "<checker><source path=\"files/check.cpp\" type=\"exe\"/></checker>" },
            "the checker's type \"exe\" is not known"
        ),
        (
            { $0.checker = "<checker><source path=\"../c.cpp\" type=\"cpp.g++17\"/></checker>" },
            "the path \"../c.cpp\" is not one of plain names"
        ),
        (
            { $0.resources = String(repeating: "<file path=\"x.h\"/>", count: 1_001) },
            "has more than 1000 resources"
        ),
        ({ $0.judging = "run-count=\"2\"" }, "run-count is 2"),
        ({ $0.judging = "input-file=\"../x\"" }, "input-file \"../x\" is no plain file name"),
        ({ $0.judging = "input-file=\"x\" output-file=\"x\"" }, "are one file"),
        ({ $0.assets = "<scorer/>" }, "its scorer is not supported"),
        ({ $0.tests = ["<test points=\"-1\"/>"] }, "points \"-1\" is not a number"),
        ({ $0.tests = ["<test points=\"nan\"/>"] }, "points \"nan\" is not a number"),
    ]

    @Test("A broken problem.xml is refused at its line", arguments: broken.indices)
    func refused(index: Int) throws {
        var xml = PolygonXML()
        Self.broken[index].change(&xml)
        let refusal = try #require(try xml.refusal())
        #expect(refusal.hasPrefix("P/problem.xml:"))
        #expect(refusal.contains(Self.broken[index].words), "\(refusal)")
    }

    @Test("Problems whose submissions run more than once are refused")
    func runCount() throws {
        var xml = PolygonXML()
        xml.judging = "run-count=\"1\""
        #expect(try xml.load().tests.count == 1)
        xml.judging = "run-count=\"2\""
        #expect(try xml.refusal()?.contains("run a submission more than once") == true)
    }

    @Test("A Polygon package with an interactor is read, with a checker and without")
    func interactor() throws {
        var xml = PolygonXML()
        xml.assets = """
            <interactor><source path="files/interact.cpp" type="cpp.g++17"/></interactor>
            """
        let files = ["files/interact.cpp": "int main() {}"]
        let problem = try xml.load(files)
        #expect(problem.kind.isInteractive)
        #expect(problem.programs.testlib?.interactor?.path == "files/interact.cpp")
        #expect(problem.programs.testlib?.checker != nil)
        #expect(try xml.refusal()?.contains("interact.cpp is not in the package") == true)
        xml.checker = ""
        let alone = try xml.load(files)
        #expect(alone.programs.testlib?.checker == nil)
        #expect(alone.programs.testlib?.interactor != nil)
        xml.judging = "input-file=\"in.txt\""
        #expect(
            try xml.refusal(files)?.contains(
                "the interactor files/interact.cpp talks over standard streams") == true)
    }

    @Test("A package whose tests are missing is refused with a list of them")
    func missing() throws {
        var xml = PolygonXML()
        xml.tests = ["<test method=\"manual\"/>", "<test method=\"generated\" cmd=\"gen 1\"/>"]
        let refusal = try xml.refusal(without: ["tests/02", "tests/02.a", "tests/01.a"])
        #expect(
            refusal?.contains("3 test files are missing: tests/01.a, tests/02, tests/02.a;")
                == true,
            "\(refusal ?? "")")
    }

    @Test("Submissions read and write the files that the package names")
    func streams() throws {
        var xml = PolygonXML()
        xml.judging = "input-file=\"in.txt\" output-file=\"out.txt\""
        let problem = try xml.load()
        #expect(problem.streams.inputFile == "in.txt" && problem.streams.outputFile == "out.txt")
        #expect(problem.allowFileWriting)
    }

    @Test("What does not concern judging is passed over")
    func others() throws {
        var xml = PolygonXML()
        xml.more = """
            <properties><property name="tests-wellformed" value="true"/></properties>
            <stresses><stress-count>0</stress-count></stresses><tags><tag value="dp"/></tags>
            """
        #expect(try xml.load().warnings == [])
    }

    @Test(
        "A resource of solutions is compiled with the languages it is for, and may be the main one")
    func resources() throws {
        var xml = PolygonXML()
        xml.resources = """
            <file path="files/all.h"><assets><asset name="solution"/></assets></file>
            <file path="files/grader.cpp" for-types="cpp.*;c.gcc" main="true">
            <assets><asset name="solution"/></assets></file>
            <file path="files/olymp.sty"/><file path="files/testlib.h"/>
            """
        let included = try xml.load(["files/all.h": "", "files/grader.cpp": ""]).included
        func names(_ code: String) -> [String] { included.files(for: code).map(\.name) }
        #expect(names("cpp") == ["all.h", "grader.cpp"] && names("c") == ["all.h", "grader.cpp"])
        #expect(names("python3") == ["all.h"] && names("zig") == ["all.h"])
        #expect(included.main(for: "cpp") == "grader.cpp" && included.main(for: "java") == nil)
        #expect(
            try xml.refusal(["files/all.h": ""])?
                .contains("the resource files/grader.cpp is not in the package") == true)
    }

    @Test("A resource that is named twice is one; two resources of one name are refused")
    func resourceNames() throws {
        func resource(_ path: String) -> String {
            "<file path=\"\(path)\"><assets><asset name=\"solution\"/></assets></file>"
        }
        var xml = PolygonXML()
        xml.resources = resource("files/a.h") + "\n" + resource("files/a.h")
        let files = ["files/a.h": "", "files/b/a.h": ""]
        #expect(try xml.load(files).included.files(for: "cpp").map(\.name) == ["a.h"])
        xml.resources = resource("files/a.h") + "\n" + resource("files/b/a.h")
        #expect(
            try xml.refusal(files)?
                .hasSuffix("the name a.h is that of another resource, too") == true)
    }

    @Test(
        "A package's own testlib.h is compiled with its programs, and one that is missing is refused"
    )
    func ownTestlib() throws {
        var xml = PolygonXML()
        xml.resources = "<file path=\"files/extra.h\"/><file path=\"files/gen.cpp\"/>"
        // Listed or not, it is there.
        let files = try xml.load(["files/extra.h": "", "files/gen.cpp": ""]).programs
            .testlib?.checker?.files
        #expect(files?.map(\.name) == ["check.cpp", "extra.h", "testlib.h"])
        for line in ["#include \"testlib.h\"", "# include <testlib.h>"] {
            let refusal = try xml.refusal(
                ["files/check.cpp": line], without: ["files/testlib.h"])
            #expect(
                refusal?.contains(
                    "the checker files/check.cpp includes testlib.h, which is not in the package")
                    == true)
        }
        #expect(
            try xml.refusal(["files/check.cpp": "int main"], without: ["files/testlib.h"]) == nil)
    }

    @Test("A stock checker is compiled from the package's copy, in files or at the top")
    func stock() throws {
        var xml = PolygonXML()
        xml.checker = """
            <checker name="std::ncmp.cpp" type="testlib">
            <source path="files/check.cpp" type="cpp.g++17"/></checker>
            """
        let top = try xml.folder(["check.cpp": ""], without: ["files/check.cpp"]).load()
        #expect(top.programs.testlib?.checker?.files[0].path.hasSuffix("aplusb/check.cpp") == true)
        #expect(
            try xml.refusal(without: ["files/check.cpp"])?
                .contains("files/check.cpp, which is std::ncmp.cpp, is not in the package") == true)
    }
}
