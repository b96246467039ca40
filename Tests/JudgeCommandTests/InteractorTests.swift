import Foundation
import Testing

/// Polygon packages with interactors in the real sandbox, which needs root here.
@Suite(
    "Polygon interactors", .enabled(if: geteuid() == 0, "needs root for the sandbox"), .serialized)
struct InteractorTests {
    private let desk: Desk

    init() throws {
        desk = try Desk()
        try desk.write("sum/tests/01", "1 2\n")
        try desk.write("sum/tests/01.a", "3\n")
        try desk.write("right.py", "print(sum(map(int, input().split())), flush=True)\n")
    }

    /// A package whose programs' `main` are these; without a checker where there is none.
    private func write(interactor: String, checker: String? = nil) throws {
        func source(_ body: String) -> String {
            """
            #include <cstdio>
            #include <cstdlib>
            #include <cstring>
            #include <unistd.h>
            int main(int c, char **v) { (void)c; (void)v; long long got = 0;
            \(body)
            }
            """
        }
        try desk.write("sum/files/interact.cpp", source(interactor))
        var assets = """
            <interactor><source path="files/interact.cpp" type="cpp.g++17"/></interactor>
            """
        if let checker {
            try desk.write("sum/files/check.cpp", source(checker))
            assets += """
                <checker type="testlib"><source path="files/check.cpp" type="cpp.g++17"/></checker>
                """
        }
        try desk.write(
            "sum/problem.xml",
            """
            <problem short-name="sum"><judging><testset name="tests">
            <time-limit>2000</time-limit><memory-limit>268435456</memory-limit>
            <test-count>1</test-count>
            <input-path-pattern>tests/%02d</input-path-pattern>
            <answer-path-pattern>tests/%02d.a</answer-path-pattern>
            <tests><test method="manual"/></tests></testset></judging>
            <assets>\(assets)</assets></problem>
            """)
    }

    private func judge(_ file: String = "right.py") throws -> String {
        let answer = try desk.judge("run", "sum", file, "--json")
        return answer.output.isEmpty ? answer.complaint : answer.output
    }

    private func verdict(_ file: String = "right.py") throws -> String {
        let text = try judge(file)
        let match = text.firstMatch(of: /"verdict": "([A-Z]+)"/)
        return match.map { String($0.output.1) } ?? text
    }

    /// Asks for a sum and remembers the answer in `got`.
    private static let ask = """
        puts("1 2"); fflush(stdout);
        bool isThere = scanf("%lld", &got) == 1; (void)isThere;

        """

    @Test("An interactor is called with input, output and answer, and the checker reads the output")
    func call() throws {
        try write(
            interactor: Self.ask + """
                if (c != 4) return 3;
                FILE *in = fopen(v[1], "r"), *out = fopen(v[2], "w"), *ans = fopen(v[3], "r");
                int a, b, s;
                if (!in || !out || !ans || fscanf(in, "%d%d", &a, &b) != 2 || a + b != 3) return 3;
                if (fscanf(ans, "%d", &s) != 1 || s != 3) return 3;
                if (fopen(v[1], "a") || fopen(v[3], "a") || fopen("/box/other", "w")) return 3;
                fprintf(out, "heard %lld", got); fclose(out); return 0;
                """,
            checker: """
                char text[64] = ""; FILE *out = fopen(v[2], "r"), *in = fopen(v[1], "r");
                if (c != 4 || !out || !in || !fgets(text, 64, out)) return 3;
                fprintf(stderr, "ok it was '%s'\\n", text);
                return strcmp(text, "heard 3") == 0 ? 0 : 1;
                """)
        let answer = try judge()
        #expect(answer.contains("\"verdict\": \"AC\""), "\(answer)")
        #expect(answer.contains("ok it was 'heard 3'"))
        try desk.write("wrong.py", "input()\nprint(4, flush=True)\n")
        #expect(try verdict("wrong.py") == "WA")
    }

    @Test("The checker is asked after an interactor that accepts, and after no other")
    func afterwards() throws {
        let verdicts: [(exit: String, checker: String?, verdict: String)] = [
            ("return 0;", "return 1;", "WA"), ("return 0;", "return 0;", "AC"),
            ("return 0;", nil, "AC"), ("return 0;", "return 3;", "JE"),
            ("fputs(\"points 1\\n\", stderr); return 7;", "return 0;", "AC"),
            ("fputs(\"points 1\\n\", stderr); return 7;", nil, "WA"),
            ("return 1;", "return 0;", "WA"), ("return 2;", "return 0;", "WA"),
            ("return 3;", "return 0;", "JE"), ("return 77;", "return 0;", "JE"),
        ]
        for (exit, checker, expected) in verdicts {
            try write(interactor: Self.ask + exit, checker: checker)
            #expect(try verdict() == expected, "\(exit) \(checker ?? "no checker")")
        }
    }

    @Test(
        "An interactor's rejection counts before a later crash, and a crash before an end that it only saw"
    )
    func races() throws {
        try desk.write("late.py", "import os\ninput()\nprint(4, flush=True)\ninput()\nos.abort()\n")
        try desk.write("early.py", "import os\ninput()\nos.abort()\n")
        try desk.write("leaves.py", "pass\n")
        try desk.write(
            "deaf.py", "import os, time\nos.close(0)\nprint(3, flush=True)\nos.close(1)\n")
        try desk.write("late_right.py", "import os\ninput()\nprint(3, flush=True)\nos.abort()\n")
        // Exits with 2 when there is nothing to read, as testlib does.
        let reads = """
            puts("1 2"); fflush(stdout);
            if (scanf("%lld", &got) != 1) return 2;
            return got == 3 ? 0 : 1;
            """
        try write(interactor: reads)
        for (file, expected) in [
            ("right.py", "AC"), ("late.py", "WA"), ("early.py", "RTE"), ("leaves.py", "WA"),
            ("deaf.py", "AC"), ("late_right.py", "RTE"),
        ] {
            #expect(try verdict(file) == expected, "\(file)")
        }
    }

    @Test(
        "An interactor that fails is a judge error with its own words",
        arguments: [
            ("fputs(\"FAIL of its own\\n\", stderr); return 3;", "FAIL of its own"),
            ("fputs(\"so long\\n\", stderr); abort();", "so long"),
            ("for (;;) puts(\"1\");", "output"),
            (
                "for (long long i = 0;; i++) ((volatile char *)malloc(1 << 20))[0] = 1, "
                    + "memset(malloc(1 << 20), 1, 1 << 20);", "memory"
            ),
            ("FILE *f = fopen(v[2], \"w\"); for (;;) fputs(\"much text \", f);", "SIGXFSZ"),
        ])
    func failures(body: String, words: String) throws {
        try write(interactor: Self.ask + body)
        let answer = try judge()
        #expect(answer.contains("\"verdict\": \"JE\""), "\(answer)")
        #expect(answer.contains(words), "\(answer)")
        try desk.write("wrong.py", "input()\nprint(4, flush=True)\n")
        #expect(try verdict("wrong.py") == "JE")
    }

    @Test("Without an interactor that compiles nothing is judged, and its compiler says why")
    func broken() throws {
        try write(interactor: "return nothing;")
        let answer = try judge()
        #expect(answer.contains("\"verdict\": \"JE\"") && answer.contains("the interactor"))
        #expect(answer.contains("nothing"), "\(answer)")
    }
}
