import Foundation
import Testing

/// A package's own validator of sources in the real sandbox, which needs root here.
@Suite(.enabled(if: geteuid() == 0, "needs root for the sandbox"), .serialized)
struct StaticValidatorCommandTests {
    private let desk: Desk

    init() throws {
        desk = try Desk()
        try desk.write("sum/data/secret/1.in", "1 2\n")
        try desk.write("sum/data/secret/1.ans", "3\n")
        try desk.write(
            "sum/data/secret/test_group.yaml", "static_validation_score: pass-fail\n")
        try desk.write("right.py", "a, b = map(int, input().split())\nprint(a + b)\n")
        try desk.write("wrong.py", "print(4)\n")
    }

    /// A package whose static validator is a shell script.
    private func write(validator script: String, time: Int = 60) throws {
        try desk.write(
            "sum/problem.yaml",
            "problem_format_version: 2025-09\nname: Sum\nuuid: 1\nlimits:\n  time_limit: 30\n"
                + "  validation_time: \(time)\n  validation_memory: 64\n  validation_output: 1\n")
        try desk.write("sum/static_validator/run", "#!/bin/sh\n\(script)\n")
    }

    @Test("It reads the source where it starts, and can write nowhere but where it may")
    func source() throws {
        try write(
            validator: """
                echo "$1 $2 $#" $(ls -A) > $3/judgemessage.txt
                cat "$2" >> $3/judgemessage.txt
                (echo > x) 2>/dev/null || (echo > /box/x) 2>/dev/null || exit 42
                """)
        let answer = try desk.judge("run", "sum", "right.py", "--json")
        #expect(answer.status == 0, "\(answer.output)")
        #expect(answer.output.contains("\"python3 right.py 3 right.py\\na, b = map("))
        #expect(answer.output.contains("\"name\": \"secret/static_validation\""))
        try write(validator: "echo no sums here > $3/teammessage.txt; exit 43")
        let rejected = try desk.judge("run", "sum", "right.py")
        #expect(rejected.status == 1)
        #expect(
            rejected.output.contains(
                "to the submitter, of test secret/static_validation\n  | no sums here\n"),
            "\(rejected.output)")
    }

    static let failures: [(what: String, script: String, words: String)] = [
        ("crashes", "kill -SEGV $$", "was ended by signal 11 (SIGSEGV)"),
        ("hangs", "exec sleep 1000", "waited"),
        ("floods", "yes", "stopped by the output limit"),
        ("fills its folder", "head -c 2000000 /dev/zero > $3/x; exit 42", "its feedback included"),
        ("eats memory", "tail /dev/zero; exit 42", "memory limit"),
    ]

    @Test(
        "A static validator that crashes, hangs, floods or eats memory is JE with its words",
        arguments: failures)
    func failure(what: String, script: String, words: String) throws {
        try write(
            validator: "echo my last words > $3/judgemessage.txt\n\(script)",
            time: what == "hangs" ? 1 : 60)
        for file in ["right.py", "wrong.py"] {
            let output = try desk.judge("run", "sum", file, "--json").output
            #expect(output.contains("\"verdict\": \"JE\""), "\(output)")
            #expect(output.contains("\"code\": \"checker-crashed\""))
            #expect(output.contains("the static validator static_validator "))
            #expect(output.contains(words) && output.contains("my last words"), "\(output)")
        }
    }
}
