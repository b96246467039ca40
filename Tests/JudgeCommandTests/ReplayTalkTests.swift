import Foundation
import Testing

/// Replays of problems in which more than one program runs once, by the real sandbox, which needs root here.
@Suite(.enabled(if: geteuid() == 0, "needs root for the sandbox"), .serialized)
struct ReplayTalkTests {
    private let desk: Desk

    init() throws { desk = try Desk() }

    private static let head = "problem_format_version: 2025-09\nname: Sum\nuuid: 1\n"

    /// Installs a package whose validator is a shell script, submits, and judges.
    private func judge(
        _ kind: String, validator: String, _ files: [String: String], limits: String = ""
    ) throws {
        try desk.write(
            "sum/problem.yaml",
            Self.head + kind
                + "limits:\n  time_limit: 10\n  validation_time: 60\n  validation_passes: 3\n"
                + limits)
        try desk.write("sum/data/secret/1.in", "5\n")
        try desk.write("sum/data/secret/1.ans", "the answer\n")
        try desk.write("sum/output_validator/run", "#!/bin/sh\n\(validator)\n")
        #expect(try desk.judge("problem", "add", "sum").status == 0)
        for (name, text) in files { try desk.write(name, text) }
        let submitted = try desk.judge(["submit", "sum"] + files.keys.sorted())
        try #require(submitted.status == 0, "\(submitted.complaint)")
        let worked = try desk.judge("worker", "--drain")
        try #require(worked.status == 0, "\(worked.complaint)")
    }

    private func replay() throws -> String {
        let answer = try desk.judge("replay", "1", "--test", "secret/1", "--keep")
        #expect(answer.status == 0, "\(answer.complaint)")
        return answer.output
    }

    private func text(_ name: String) throws -> String {
        let file = desk.directory.appending(path: "replay-1-secret-1/\(name)")
        return try String(contentsOf: file, encoding: .utf8)
    }

    private static let same = "nothing differs but what varies from run to run\n"

    @Test("A conversation is held again, and what went either way is kept byte for byte")
    func interactive() throws {
        try judge(
            "type: interactive\n",
            validator: "cat $1; read said; test \"$said\" = 6 && exit 42; exit 43",
            ["main.py": "import sys\nprint(int(input()) + 2)\nprint('oops', file=sys.stderr)\n"])
        let output = try replay()
        #expect(output.contains("  verdict            WA"), "\(output)")
        #expect(output.contains("  transcript "), "\(output)")
        #expect(output.contains(Self.same), "\(output)")
        #expect(try text("input") == "5\n")
        #expect(try text("output") == "7\n")
        #expect(try text("errors") == "oops\n")
        #expect(try text("box/main.py").hasPrefix("import sys"))
        #expect(try text("check-1/report.json").contains("\"exit_code\": 43"))
        let transcript = try text("transcript")
        #expect(transcript.contains("interactor  5\n"), "\(transcript)")
    }

    @Test(
        "A character that comes in two pieces is one, and NUL and what no text is are no difference"
    )
    func pieces() throws {
        try judge(
            "type: interactive\n",
            validator: "dd bs=1 count=1 of=/dev/null 2>/dev/null; echo go; cat >/dev/null; exit 42",
            [
                "main.py": """
                import os
                os.write(1, b'\\xc3')
                input()
                os.write(1, b'\\xa9 a\\0b \\xff\\xe2\\x82')

                """
            ])
        let shown = try desk.judge("result", "1", "--transcript").output
        #expect(shown.contains("é a"), "\(shown)")
        let output = try replay()
        #expect(output.contains("  verdict            AC"), "\(output)")
        #expect(output.contains("the same"), "\(output)")
        #expect(output.contains(Self.same), "\(output)")
        #expect(try text("transcript").contains("submission  é a"))
    }

    @Test("What was said and is not kept any more is not compared")
    func pruned() throws {
        try judge(
            "type: interactive\n", validator: "date +%s%N; read said; exit 42",
            ["main.py": "print(len(input()))\n"])
        try #require(try desk.judge("database", "prune", "--older-than", "0s").status == 0)
        let output = try replay()
        #expect(output.contains(Self.same), "\(output)")
        #expect(output.contains(/\n  transcript +- +\d+ lines\n/), "\(output)")
        #expect(!output.contains("the same"), "\(output)")
    }

    @Test(
        "What is too much to hold is left out in the middle, and that is said; nobody else may look"
    )
    func long() throws {
        try judge(
            "type: interactive\n", validator: "cat >/dev/null; exit 43",
            ["main.py": "for i in range(17): print(('x' * 1023 + '\\n') * 1024, end='')\n"],
            limits: "  output: 64\n")
        let output = try replay()
        #expect(output.contains("  verdict            WA"), "\(output)")
        #expect(
            try text("left-out").contains("bytes of the conversation are left out in the middle"))
        let folder = desk.directory.appending(path: "replay-1-secret-1").path(percentEncoded: false)
        let mode = try FileManager.default.attributesOfItem(atPath: folder)[.posixPermissions]
        #expect(mode as? Int == 0o700)
    }

    @Test("A replay that fails leaves no directory")
    func failing() throws {
        try judge(
            "type: interactive\n", validator: "read said; exit 43", ["main.py": "print(1)\n"])
        try desk.write("judge.conf", "[sandbox]\nhelper = \"nowhere\"\n")
        #expect(try desk.judge("replay", "1", "--test", "secret/1", "--keep").status != 0)
        #expect(!desk.exists("replay-1-secret-1"))
    }

    @Test("An interactor that says something else now is told as a difference")
    func other() throws {
        try judge(
            "type: interactive\n", validator: "date +%s%N; read said; exit 43",
            ["main.py": "print(len(input()))\n"])
        let output = try replay()
        #expect(output.contains("differs:\n"), "\(output)")
        #expect(output.contains("other than what is kept"), "\(output)")
    }

    @Test("Each pass is made again, and what it had and wrote is in a folder of its own")
    func passes() throws {
        try judge(
            "type: multi-pass\n",
            validator: """
                read said
                test "$(cat $1)" = 5 && echo 6 > $3/nextpass.in && exit 42
                exit 43
                """, ["main.py": "print('heard', input())\n"])
        let output = try replay()
        #expect(output.contains("  verdict            WA"), "\(output)")
        #expect(output.contains(Self.same), "\(output)")
        for (pass, said) in [(1, "5"), (2, "6")] {
            #expect(try text("pass-\(pass)/input") == "\(said)\n")
            #expect(try text("pass-\(pass)/output") == "heard \(said)\n")
            #expect(try text("check-\(pass)/input") == "heard \(said)\n")
        }
        #expect(try text("check-1/report.json").contains("\"exit_code\": 42"))
        #expect(try text("check-2/report.json").contains("\"exit_code\": 43"))
        let json = try desk.judge("replay", "1", "--test", "secret/1", "--json").output
        #expect(json.contains("\"passes\": {\"stored\": null, \"now\": 2}"), "\(json)")
    }

    @Test("Of several programs that talk each has a folder with what it was told and said")
    func programs() throws {
        try judge(
            "type: interactive\ncommunication:\n  programs: 2\n",
            validator: """
                echo one >&4; read first <&3
                echo two >&6; read second <&5
                test "$first $second" = "one two" && exit 42
                exit 43
                """, ["main.py": "import sys\nprint(input(), sys.argv[-1])\n"])
        let output = try replay()
        #expect(output.contains("  verdict            WA"), "\(output)")
        #expect(output.contains(Self.same), "\(output)")
        #expect(try text("program-0/input") == "one\n")
        #expect(try text("program-0/output") == "one 0\n")
        #expect(try text("program-1/input") == "two\n")
        #expect(try text("program-1/output") == "two 1\n")
        #expect(try text("program-1/request.json").contains("main.py"))
    }

    @Test("Of submitted answers the check is made again, and that nothing else ran is said")
    func answers() throws {
        try judge(
            "type: submit-answer\n", validator: "read said; test \"$said\" = 3 && exit 42; exit 43",
            ["1.ans": "4\n"])
        let output = try replay()
        #expect(output.contains("  verdict            WA"), "\(output)")
        #expect(
            output.contains("no program of the submission runs in this problem"), "\(output)")
        #expect(output.contains(Self.same), "\(output)")
        #expect(try text("submitted") == "4\n")
        #expect(try text("answer") == "the answer\n")
        #expect(try text("check-1/input") == "4\n")
        #expect(!desk.exists("replay-1-secret-1/request.json"))
    }
}
