import Foundation
import Testing

/// A package's own grader in the real sandbox, which needs root here.
@Suite(.enabled(if: geteuid() == 0, "needs root for the sandbox"), .serialized)
struct GraderCommandTests {
    private let desk: Desk

    init() throws {
        desk = try Desk()
        try desk.write("sum/data/secret/1.in", "1 2\n")
        try desk.write("sum/data/secret/1.ans", "3\n")
        try desk.write("sum/data/testdata.yaml", "grading: custom\ngrader_flags: points 7\n")
        try desk.write("right.py", "a, b = map(int, input().split())\nprint(a + b)\n")
        try desk.write("wrong.py", "print(4)\n")
    }

    /// A package whose grader is a shell script.
    private func write(grader script: String, time: Int = 60) throws {
        try desk.write(
            "sum/problem.yaml",
            "name: Sum\ntype: scoring\nlimits:\n  time_limit: 30\n  validation_time: \(time)\n"
                + "  validation_memory: 64\n  validation_output: 1\n")
        try desk.write("sum/graders/g/run", "#!/bin/sh\n\(script)\n")
    }

    @Test(
        "A grader makes verdict and score of what it reads, sees nothing else, and writes nowhere")
    func graded() throws {
        try write(
            grader: """
                read verdict score
                test "$1 $2 $(ls -A /box)" = "points 7 run" || exit 1
                (echo > /box/x) 2>/dev/null && exit 2
                test "$verdict" = AC && echo "AC 7" || echo "$verdict $score"
                """)
        let right = try desk.judge("run", "sum", "right.py", "--json")
        #expect(right.status == 0, "\(right.output)")
        #expect(right.output.contains("\"verdict\": \"AC\", \"score\": 7.0"), "\(right.output)")
        let wrong = try desk.judge("run", "sum", "wrong.py", "--json")
        #expect(wrong.status == 1)
        #expect(wrong.output.contains("\"verdict\": \"WA\", \"score\": 0.0"), "\(wrong.output)")
    }

    static let failures: [(what: String, script: String, words: String)] = [
        ("crashes", "kill -SEGV $$", "was ended by signal 11 (SIGSEGV): my last words"),
        ("hangs", "exec sleep 1000", "waited"),
        ("burns time", "while :; do :; done", " of 1.000 s"),
        ("floods", "yes", "stopped by the output limit"),
        ("eats memory", "tail /dev/zero; echo AC 7", "memory limit"),
        ("says nothing", "exit 0", "printed what is not AC, WA, TLE or RTE with a number"),
        ("exits with 42", "echo AC 7; exit 42", "exited with code 42, which is not 0"),
    ]

    @Test(
        "A grader that crashes, hangs, floods or eats memory is JE with its words, never AC",
        arguments: failures)
    func failure(what: String, script: String, words: String) throws {
        // The two that never end by themselves are not waited for long.
        try write(
            grader: "echo my last words >&2\n\(script)",
            time: ["hangs", "burns time"].contains(what) ? 1 : 60)
        for file in ["right.py", "wrong.py"] {
            let output = try desk.judge("run", "sum", file, "--json").output
            #expect(output.contains("\"verdict\": \"JE\", \"score\": null"), "\(output)")
            #expect(output.contains("\"code\": \"grader-crashed\""))
            #expect(output.contains("the grader graders/g, asked about data/secret, "))
            #expect(output.contains(words), "\(output)")
            if what != "floods" { #expect(output.contains("my last words"), "\(output)") }
        }
    }
}
