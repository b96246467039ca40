import Foundation
import Testing

/// Problems of several passes in the real sandbox, which needs root here. Validators are shell scripts.
@Suite(.enabled(if: geteuid() == 0, "needs root for the sandbox"), .serialized)
struct MultiPassTests {
    private let desk: Desk

    init() throws {
        desk = try Desk()
        try desk.write("sum/data/secret/1.in", "first\n")
        try desk.write("sum/data/secret/1.ans", "the answer\n")
    }

    private static let later = "problem_format_version: 2025-09\nuuid: 1\n"

    /// A package whose validator is a shell script, with `$1`, `$2` and `$3` as the format has them.
    private func write(
        validator script: String, kind: String = later + "type: multi-pass\n", passes: Int = 2,
        output: Int = 1
    ) throws {
        try desk.write(
            "sum/problem.yaml",
            "name: Sum\n\(kind)limits:\n  time_limit: 30\n  validation_time: 60\n"
                + "  validation_memory: 64\n  validation_output: \(output)\n"
                + "  validation_passes: \(passes)\n")
        try desk.write("sum/output_validator/run", "#!/bin/sh\n\(script)\n")
    }

    private func judge(_ source: String) throws -> String {
        try desk.write("main.py", source)
        let answer = try desk.judge("run", "sum", "main.py", "--json")
        #expect(answer.complaint.isEmpty, "\(answer.complaint)")
        return answer.output
    }

    private static let echo = "print(input())\n"

    @Test(
        "A pass that is accepted with a nextpass.in is followed by another with that as its input",
        arguments: [later + "type: multi-pass\n", "validation: custom multi-pass\n"])
    func passes(kind: String) throws {
        // Input file and what the submission says are the next pass's; the answer stays.
        try write(
            validator: """
                read said
                echo "pass $(cat $1) $said $(cat $2)" >> $3/judgemessage.txt
                test "$(cat $1)" = "$said" || exit 43
                test "$said" = third && exit 42
                test -e $3/nextpass.in && exit 1
                test "$said" = first && echo second > $3/nextpass.in || echo third > $3/nextpass.in
                exit 42
                """, kind: kind, passes: 3)
        let output = try judge(Self.echo)
        #expect(output.contains("\"verdict\": \"AC\""), "\(output)")
        #expect(
            output.contains(
                "pass first first the answer\\npass second second the answer\\n"
                    + "pass third third the answer"), "\(output)")
    }

    @Test("Feedback files stay from pass to pass, but for nextpass.in")
    func feedback() throws {
        try write(
            validator: """
                test -e $3/nextpass.in && exit 1
                echo x >> $3/count
                echo "$(cat $3/count | wc -l)" > $3/judgemessage.txt
                test $(cat $3/count | wc -l) = 4 || echo more > $3/nextpass.in
                exit 42
                """, passes: 4)
        let output = try judge(Self.echo)
        #expect(output.contains("\"verdict\": \"AC\""), "\(output)")
        #expect(output.contains("\"checker_message\": \"4\""), "\(output)")
    }

    @Test("Nothing of a submission lives on to its next pass", arguments: [false, true])
    func state(writesFiles: Bool) throws {
        let kind = Self.later + "type: multi-pass\nallow_file_writing: \(writesFiles)\n"
        try write(
            validator: """
                read said
                echo "$said" > $3/judgemessage.txt
                test "$said" = new || exit 43
                test -e $3/once || echo again > $3/nextpass.in
                : > $3/once
                exit 42
                """, kind: kind)
        let output = try judge(
            """
            import os, subprocess
            places = ["/tmp/x", "/dev/shm/x"] + \(writesFiles ? "[\"x\"]" : "[]")
            print("old" if any(os.path.exists(place) for place in places) else "new")
            for place in places:
                open(place, "w").close()
            subprocess.Popen(["sleep", "1000"])
            """)
        #expect(output.contains("\"verdict\": \"AC\""), "\(output)")
    }

    @Test("A wrong answer in any pass is the verdict, and so is any other failure")
    func failures() throws {
        try write(
            validator: """
                read said
                echo "$(cat $1): $said" >> $3/judgemessage.txt
                test "$said" = right || exit 43
                test "$(cat $1)" = first && echo second > $3/nextpass.in
                exit 42
                """)
        let second = "import sys\npass_ = input()\n"
        let right = try judge(second + "print('right')\n")
        #expect(right.contains("\"verdict\": \"AC\""), "\(right)")
        let wrong = try judge(second + "print('right' if pass_ == 'first' else 'wrong')\n")
        #expect(wrong.contains("\"verdict\": \"WA\""), "\(wrong)")
        // The newest line tells why.
        #expect(
            wrong.contains("{\"code\": \"wrong-output\", \"text\": \"second: wrong\"}"), "\(wrong)")
        let crash = try judge(second + "pass_ == 'first' or sys.exit(3)\nprint('right')\n")
        #expect(crash.contains("\"verdict\": \"RTE\""), "\(crash)")
        #expect(crash.contains("\"exit_code\": 3"))
        let first = try judge(second + "print('wrong')\n")
        #expect(first.contains("\"text\": \"first: wrong\""), "\(first)")
    }

    @Test("The time and memory of a test are those of its greediest pass")
    func most() throws {
        try write(
            validator: "test $(cat $1) = first && echo second > $3/nextpass.in; exit 42")
        let output = try judge(
            """
            import time
            if input() == "first":
                while time.process_time() < 0.3: pass
                x = bytearray(40 << 20)
            """)
        let test = try #require(output.split(separator: "\"tests\": ").last)
        func number(_ name: String) throws -> Int {
            let rest = try #require(test.split(separator: "\"\(name)\": ").dropFirst().first)
            return try #require(Int(rest.prefix { $0.isNumber }))
        }
        #expect(try number("cpu_time_us") >= 300_000)
        #expect(try number("memory_peak_bytes") >= 40 << 20)
    }

    @Test(
        "A nextpass.in beside a rejection, and one too many, are the validator's failure",
        arguments: [
            (
                "echo x > $3/nextpass.in; exit 43",
                "the output validator rejects in pass 1 and leaves a nextpass.in for another"
            ),
            (
                "echo x > $3/nextpass.in; exit 42",
                "the output validator asks for pass 3, but limits.validation_passes allows 2"
            ),
            ("echo x > $3/nextpass.in; exit 1", "exited with code 1, which is neither 42 nor 43"),
            ("test -e $3/a && exit 0; : > $3/a; echo x > $3/nextpass.in; exit 42", "code 0"),
        ])
    func faults(script: String, words: String) throws {
        try write(validator: script)
        let output = try judge(Self.echo)
        #expect(output.contains("\"verdict\": \"JE\""), "\(output)")
        #expect(output.contains("\"code\": \"checker-crashed\""))
        #expect(output.contains(words), "\(output)")
    }

    @Test("A nextpass.in that is no regular file asks for nothing")
    func strangeNextPass() throws {
        for script in ["ln -s $2 $3/nextpass.in", "mkdir $3/nextpass.in"] {
            try write(validator: "\(script); exit 42")
            let output = try judge(Self.echo)
            #expect(output.contains("\"verdict\": \"AC\""), "\(output)")
        }
    }

    @Test("What the validator leaves over all passes counts against its output limit")
    func feedbackLimit() throws {
        try write(
            validator: """
                head -c 400000 /dev/zero >> $3/more
                test -e $3/third && exit 42
                test -e $3/second && : > $3/third
                : > $3/second
                echo x > $3/nextpass.in
                exit 42
                """, passes: 4)
        let output = try judge(Self.echo)
        #expect(output.contains("\"verdict\": \"JE\""), "\(output)")
        #expect(output.contains("its feedback included"), "\(output)")
    }

    @Test("The score is that of the last pass, and legacy validators need none before it")
    func score() throws {
        let script = """
            if test $(cat $1) = first; then echo second > $3/nextpass.in
            else echo 7 > $3/score.txt; fi
            exit 42
            """
        try write(validator: script, kind: "type: scoring\nvalidation: custom score multi-pass\n")
        let output = try judge(Self.echo)
        #expect(output.contains("\"verdict\": \"AC\", \"score\": 7.0"), "\(output)")
    }
}

/// Interactive packages of every way to state them, in the real sandbox.
@Suite(.enabled(if: geteuid() == 0, "needs root for the sandbox"), .serialized)
struct InteractivePackageTests {
    private let desk: Desk

    init() throws {
        desk = try Desk()
        try desk.write("sum/data/secret/1.in", "5\n")
        try desk.write("sum/data/secret/1.ans", "8\n")
    }

    private func judge(
        _ yaml: String, validator: String, _ source: String, _ more: [String] = []
    ) throws -> String {
        try desk.write(
            "sum/problem.yaml",
            "name: Sum\n\(yaml)limits:\n  time_limit: 30\n  validation_memory: 64\n")
        try desk.write("sum/output_validator/run", "#!/bin/sh\n\(validator)\n")
        try desk.write("main.py", source)
        let answer = try desk.judge(["run", "sum", "main.py", "--json"] + more)
        #expect(answer.complaint.isEmpty, "\(answer.complaint)")
        return answer.output
    }

    private static let kinds = [
        "validation: custom interactive\n",
        "problem_format_version: 2025-09\nuuid: 1\ntype: interactive\n",
        "problem_format_version: 2025-09\nuuid: 1\ntype: pass-fail interactive\n",
    ]

    @Test(
        "In an interactive problem the two talk, and only the validator opens the test",
        arguments: kinds)
    func talk(kind: String) throws {
        let validator = """
            test "$(cat $1) $(cat $2)" = "5 8" || exit 1
            cat $1
            read said
            test "$said" = "$(cat $2)" && exit 42
            exit 43
            """
        let source = """
            import os
            n = int(input())
            hidden = not os.path.exists("/box/.data") and os.listdir("/box") == ["main.py"]
            print(n + 3 if hidden else 0)
            """
        let output = try judge(kind, validator: validator, source)
        #expect(output.contains("\"verdict\": \"AC\""), "\(output)")
        let wrong = try judge(kind, validator: validator, "print(int(input()) + 4)\n")
        #expect(wrong.contains("\"verdict\": \"WA\""), "\(wrong)")
    }

    @Test("Interactive validators give scores, in the legacy and in the later formats")
    func scores() throws {
        let legacy = try judge(
            "type: scoring\nvalidation: custom interactive score\n",
            validator: "read said; echo $said > $3/score.txt; exit 42", "print(31)\n")
        #expect(legacy.contains("\"verdict\": \"AC\", \"score\": 31.0"), "\(legacy)")
        let later = try judge(
            "problem_format_version: 2025-09\nuuid: 1\ntype: [scoring, interactive]\n",
            validator: "read said; echo $said > $3/score_multiplier.txt; exit 42", "print(0.5)\n")
        #expect(later.contains("\"verdict\": \"AC\", \"score\": 50.0"), "\(later)")
    }

    @Test("Both at once: each pass of an interactive problem is a conversation of its own")
    func passes() throws {
        let output = try judge(
            "problem_format_version: 2025-09\nuuid: 1\ntype: [interactive, multi-pass]\n",
            validator: """
                cat $1
                read said
                echo "$said" >> $3/judgemessage.txt
                test "$(cat $1)" = 5 && echo 6 > $3/nextpass.in
                exit 42
                """, "print('heard', input())\n", ["--transcript"])
        #expect(output.contains("\"verdict\": \"AC\""), "\(output)")
        #expect(output.contains("\"checker_message\": \"heard 5\\nheard 6\""), "\(output)")
        #expect(output.contains("\"from\": \"judge\", \"text\": \"pass 2\""), "\(output)")
        #expect(output.contains("\"from\": \"submission\", \"text\": \"heard 6\""), "\(output)")
    }

    @Test("What is said is kept within its size, and a line that has no end is marked")
    func transcript() throws {
        let settings = try desk.write("c.conf", "[validators]\ntranscript_kept = \"1KiB\"\n")
        let output = try judge(
            Self.kinds[0], validator: "while read x; do :; done; exit 42",
            "for n in range(1000): print(n)\nprint('end', end='')\n",
            ["--transcript", "--config", settings])
        #expect(output.contains("\"verdict\": \"AC\""), "\(output)")
        #expect(output.contains("\"text\": \"0\"}"), "\(output)")
        #expect(!output.contains("\"text\": \"500\"}"))
        #expect(output.contains("bytes are left out here"))
        #expect(output.contains("\"text\": \"end [no line end]\"}"), "\(output)")
    }

    @Test("An interactive package is verified, and its time limit computed")
    func verify() throws {
        _ = try judge(Self.kinds[0], validator: "read said; exit ${said:-43}", "print(42)\n")
        try desk.write("sum/problem.yaml", "name: Sum\n\(Self.kinds[0])")
        try desk.write("sum/submissions/accepted/a.py", "print(42)\n")
        try desk.write("sum/submissions/wrong_answer/w.py", "print(43)\n")
        try desk.write("sum/submissions/run_time_error/r.py", "print(42)\nexit(1)\n")
        try desk.write("sum/submissions/time_limit_exceeded/t.py", "input()\n")
        let answer = try desk.judge("problem", "verify", "sum")
        #expect(answer.status == 0, "\(answer.output)\(answer.complaint)")
        #expect(answer.output.hasPrefix("sum: ok, time limit 1.000 s"), "\(answer.output)")
    }
}
