import Foundation
import Testing

/// Rules of the package format that only a real run shows.
@Suite(.enabled(if: geteuid() == 0, "needs root for the sandbox"), .serialized)
struct PackageRuleTests {
    private let desk: Desk
    private let yaml = "name: Sum\nlimits:\n  time_limit: 10\n"

    init() throws {
        desk = try Desk()
        try desk.writePackage()
        try FileManager.default.removeItem(at: desk.directory.appending(path: "sum/data"))
        try desk.write("sum/problem.yaml", yaml)
    }

    private func write(test name: String, input: String, answer: String) throws {
        try desk.write("sum/data/secret/\(name).in", input)
        try desk.write("sum/data/secret/\(name).ans", answer)
    }

    private func judge(_ files: String...) throws -> String {
        let answer = try desk.judge(["run", "sum"] + files + ["--all-tests", "--json"])
        return answer.output + answer.complaint
    }

    @Test("Input and answer stay as they are: line ends, NUL bytes, no final newline, nothing")
    func bytes() throws {
        try desk.write("sum/problem.yaml", yaml + "validator_flags: space_change_sensitive\n")
        for (index, text) in ["a\r\nb\rc\n", "no newline", "x\0y\n", "\u{feff}1\n", ""].enumerated()
        {
            try write(test: "\(index)", input: text, answer: text)
        }
        try desk.write(
            "echo.py",
            "import sys\nsys.stdout.buffer.write(sys.stdin.buffer.read())\n"
                + "sys.stdout.buffer.write(sys.stdin.buffer.read())\n")
        let output = try judge("echo.py")
        #expect(output.contains("\"verdict\": \"AC\""), "\(output)")
        // Changing a line's end is noticed, so that the above shows something.
        try desk.write("lines.py", "print(*open(0), sep='', end='')\n")
        #expect(try judge("lines.py").contains("\"verdict\": \"WA\""))
    }

    @Test("What a program says on standard error changes nothing, its exit code does")
    func errors() throws {
        try write(test: "1", input: "1 2\n", answer: "3\n")
        try desk.write("noise.py", "import sys\nprint(3)\nsys.stderr.write('wrong! ' * 1000)\n")
        #expect(try judge("noise.py").contains("\"verdict\": \"AC\""))
        try desk.write("code.py", "print(3)\nraise SystemExit(1)\n")
        let code = try judge("code.py")
        #expect(code.contains("\"verdict\": \"RTE\"") && code.contains("\"code\": \"exit-code\""))
    }

    @Test("Files beside the sources that are no sources break no build")
    func besides() throws {
        try write(test: "1", input: "1 2\n", answer: "3\n")
        try desk.write(
            "sum.c", "#include <stdio.h>\n#include \"three.h\"\nint main(void) { puts(THREE); }\n")
        try desk.write("three.h", "#define THREE \"3\"\n")
        try desk.write("zz-random.txt", "not C at all {\n")
        let output = try judge("sum.c", "three.h", "zz-random.txt")
        #expect(output.contains("\"verdict\": \"AC\""), "\(output)")
    }

    @Test("Of several files the entry point starts: the one asked for, else main, else the first")
    func entryPoint() throws {
        try write(test: "1", input: "1 2\n", answer: "3\n")
        let names = ["b.py", "a.py", "main.py"]
        for name in names { try desk.write(name, "print('\(name)')\n") }
        func said(_ arguments: String...) throws -> String {
            let answer = try desk.judge(["run", "sum"] + arguments + ["--json"])
            return names.first { answer.output.contains("\\\"\($0)\\\"") } ?? answer.output
        }
        #expect(try said("b.py", "a.py", "main.py") == "main.py")
        #expect(try said("b.py", "a.py") == "a.py")
        #expect(try said("b.py", "a.py", "--entry-point", "b.py") == "b.py")
    }

    @Test("A validator may leave the output unread, and what it prints means nothing")
    func unread() throws {
        try write(test: "1", input: "", answer: "")
        try desk.write("sum/problem.yaml", yaml + "validation: custom\n")
        try desk.write("long.py", "print('x' * 5_000_000)\n")
        for (code, verdict) in [(42, "AC"), (43, "WA")] {
            try desk.write(
                "sum/output_validators/check/run",
                "#!/bin/sh\necho 'exit code 44, judge error'\nexec <&-\nexit \(code)\n")
            let output = try judge("long.py")
            #expect(output.contains("\"verdict\": \"\(verdict)\""), "\(output)")
        }
    }

    /// What goes wrong in a validator after it said something.
    static let failures = [
        ("crashes", "kill -SEGV $$"), ("hangs", "exec sleep 1000"), ("floods", "yes"),
        ("eats memory", "tail /dev/zero"),
    ]

    @Test(
        "A validator that crashes, hangs, floods or eats memory is JE with its words for any program",
        arguments: failures)
    func validatorFails(what: String, script: String) throws {
        try write(test: "1", input: "1 2\n", answer: "3\n")
        // Whoever does not hang, ends long before; whoever does, is not waited for long.
        let time = what == "hangs" ? 1 : 60
        try desk.write(
            "sum/problem.yaml",
            yaml + "  validation_time: \(time)\n  validation_memory: 64\n  validation_output: 1\n"
                + "validation: custom\n")
        try desk.write(
            "sum/output_validators/check/run",
            "#!/bin/sh\necho my last words > $3/judgemessage.txt\n\(script)\nexit 42\n")
        for output in ["3", "4"] {
            try desk.write("say.py", "print(\(output))\n")
            let judgement = try judge("say.py")
            #expect(judgement.contains("\"verdict\": \"JE\""), "\(judgement)")
            #expect(judgement.contains("\"code\": \"checker-crashed\""), "\(judgement)")
            #expect(judgement.contains("my last words"), "\(judgement)")
            for verdict in ["AC", "WA", "RTE", "TLE", "MLE", "OLE"] {
                #expect(!judgement.contains("\"verdict\": \"\(verdict)\""), "\(judgement)")
            }
        }
    }
}
