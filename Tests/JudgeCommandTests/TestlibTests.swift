import Foundation
import Testing

/// Polygon packages with their checkers in the real sandbox, which needs root here.
@Suite(.enabled(if: geteuid() == 0, "needs root for the sandbox"), .serialized)
struct TestlibTests {
    private let desk: Desk

    init() throws {
        desk = try Desk()
        try desk.write("sum/tests/01", "1 2\r\n")
        try desk.write("sum/tests/01.a", "3\r\n")
        try desk.write("right.py", "a, b = map(int, input().split())\nprint(a + b)\n")
        try desk.write(
            "sum/problem.xml",
            """
            <problem short-name="sum"><judging><testset name="tests">
            <time-limit>30000</time-limit><memory-limit>268435456</memory-limit>
            <test-count>1</test-count>
            <input-path-pattern>tests/%02d</input-path-pattern>
            <answer-path-pattern>tests/%02d.a</answer-path-pattern>
            <tests><test method="manual"/></tests></testset></judging>
            <files><resources><file path="files/testlib.h"/></resources></files>
            <assets><checker type="testlib">
            <source path="files/check.cpp" type="cpp.g++17"/></checker></assets></problem>
            """)
    }

    /// A package whose checker's `main` is this; `v[1]`, `v[2]` and `v[3]` are its files.
    private func write(checker body: String) throws {
        try desk.write(
            "sum/files/check.cpp",
            """
            #include <cstdio>
            #include <cstdlib>
            #include <string>
            #include <vector>
            #include <unistd.h>
            int main(int c, char **v) { (void)c; (void)v;
            \(body)
            }
            """)
    }

    /// The header that the example package brings for itself.
    private func writeHeader() throws {
        let header = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "problems/fairsplit/files/testlib.h")
        try desk.write("sum/files/testlib.h", String(contentsOf: header, encoding: .utf8))
    }

    private func judge(_ file: String = "right.py") throws -> String {
        let answer = try desk.judge("run", "sum", file, "--json")
        return answer.output.isEmpty ? answer.complaint : answer.output
    }

    /// What a checker does, and what its failure is called.
    static let failures: [(body: String, words: String)] = [
        (
            "fputs(\"ok\\n\", stderr); return 42;",
            "exited with code 42, which testlib does not have"
        ),
        ("fputs(\"ok\\n\", stderr); abort();", "was ended by signal 6 (SIGABRT)"),
        ("fputs(\"FAIL so it is\\n\", stderr); return 3;", "FAIL so it is"),
        ("for (;;) puts(\"yes\");", "stopped by the output limit"),
        ("for (;;) fputs(\"ok\\n\", stderr);", "stopped by the output limit"),
        (
            "std::vector<std::string> all; for (;;) all.emplace_back(1 << 20, 'x');",
            "was stopped: peak"
        ),
        ("fputs(\"points points_info=a=b\\n\", stderr); return 7;", "gives no number of points"),
    ]

    @Test(
        "A checker that crashes, floods or eats memory is a judge error with its own words",
        arguments: failures)
    func failure(body: String, words: String) throws {
        try write(checker: body)
        let output = try judge()
        #expect(output.contains("\"verdict\": \"JE\""), "\(output)")
        #expect(output.contains("\"code\": \"checker-crashed\""), "\(output)")
        #expect(output.contains(words), "\(output)")
    }

    @Test(
        "A checker sees the files' bytes, cannot write where it runs, and submissions cannot see it"
    )
    func files() throws {
        try write(
            checker: """
                std::string all;
                for (int i = 1; i < 4; i++) {
                    FILE *file = fopen(v[i], "r");
                    for (int k; (k = getc(file)) != EOF;) all += k == '\\r' ? "<CR>" : std::string(1, k);
                    if (fopen(v[i], "a")) all += "writable";
                }
                if (fopen("/box/x", "w") || getchar() != EOF) all += "open";
                fprintf(stderr, "wrong answer %s", all.c_str());
                return 1;
                """)
        let output = try judge()
        #expect(output.contains("\"verdict\": \"WA\""), "\(output)")
        #expect(
            output.contains("\"checker_message\": \"wrong answer 1 2<CR>\\n3\\n3<CR>\""),
            "\(output)")
    }

    @Test("A broken answer file is a judge error, a broken output a wrong answer")
    func blame() throws {
        try writeHeader()
        try desk.write(
            "sum/files/check.cpp",
            """
            #include "testlib.h"
            int main(int argc, char **argv) {
                registerTestlibCmd(argc, argv);
                int right = ans.readInt(-1000, 1000), said = ouf.readInt(-1000, 1000);
                if (right != said) quitf(_wa, "%d instead of %d", said, right);
                quitf(_ok, "%d", said);
            }
            """)
        try desk.write("bom.py", "import sys\nsys.stdout.buffer.write(b'\\xef\\xbb\\xbf3\\r\\n')\n")
        let outputs = [
            ("", "unexpected end of file"), ("05", "is no integer"), ("-0", "is no integer"),
            ("+5", "is no integer"), ("3.0", "is no integer"), ("3 4", "Extra information"),
            ("9999999999", "not from -1000"), ("4 3", "4 instead of 3"),
        ]
        try #require(try desk.judge("problem", "add", "sum").status == 0)
        for (text, _) in outputs {
            try desk.write("say.py", "print('\(text)')\n")
            try #require(try desk.judge("submit", "sum", "say.py").status == 0)
        }
        for file in ["right.py", "bom.py"] {
            try #require(try desk.judge("submit", "sum", file).status == 0)
        }
        // The checker is compiled once.
        try #require(try desk.judge("worker", "--drain").status == 0)
        for (index, (_, words)) in outputs.enumerated() {
            let output = try desk.judge("result", "\(index + 1)", "--json").output
            #expect(output.contains("\"verdict\": \"WA\""), "\(output)")
            #expect(output.contains(words), "\(output)")
        }
        for id in ["9", "10"] {
            let output = try desk.judge("result", id, "--json").output
            #expect(output.contains("\"verdict\": \"AC\""), "\(output)")
        }
        try desk.write("sum/tests/01.a", "9999999999")
        let broken = try judge()
        #expect(broken.contains("\"verdict\": \"JE\""), "\(broken)")
        #expect(broken.contains("FAIL answer: a number is 9999999999"), "\(broken)")
    }

    @Test("An installed Polygon package is judged by its copy, and changes make a new version")
    func installed() throws {
        try write(checker: "fputs(\"ok\\n\", stderr); return 0;")
        let first = try desk.judge("problem", "add", "sum", "--json")
        #expect(first.status == 0, "\(first.complaint)")
        #expect(try desk.judge("problem", "add", "sum", "--json").output == first.output)
        try #require(try desk.judge("submit", "sum", "right.py").status == 0)
        let worker = try desk.judge("worker", "--drain")
        #expect(worker.status == 0, "\(worker.complaint)")
        #expect(try desk.judge("result", "1", "--json").output.contains("\"verdict\": \"AC\""))
        try write(checker: "return 1;")
        #expect(
            try desk.judge("problem", "add", "sum", "--json").output.contains("\"version\": 2"))
    }
}
