import Foundation
import Testing

/// A package's own output validators in the real sandbox, which needs root here.
@Suite(.enabled(if: geteuid() == 0, "needs root for the sandbox"), .serialized)
struct ValidatorTests {
    private let desk: Desk

    init() throws {
        desk = try Desk()
        try desk.write("sum/data/secret/1.in", "1 2\n")
        try desk.write("sum/data/secret/1.ans", "3\n")
        try desk.write("right.py", "a, b = map(int, input().split())\nprint(a + b)\n")
    }

    /// A package whose validator is a shell script; `$1`, `$2` and `$3` are its arguments.
    private func write(validator script: String, name: String = "run", time: Int = 30) throws {
        try desk.write(
            "sum/problem.yaml",
            "name: Sum\nvalidation: custom\nlimits:\n  time_limit: 30\n  validation_time: \(time)\n"
                + "  validation_memory: 64\n  validation_output: 1\n")
        try desk.write("sum/output_validators/check/\(name)", "#!/bin/sh\n\(script)\n")
    }

    private func judge(_ file: String = "right.py") throws -> String {
        let answer = try desk.judge("run", "sum", file, "--json")
        return answer.output.isEmpty ? answer.complaint : answer.output
    }

    /// What a validator does, and what its failure is called.
    static let failures: [(script: String, words: String)] = [
        ("exit 0", "exited with code 0, which is neither 42 nor 43"),
        ("exit 1", "exited with code 1"),
        ("exit 44", "exited with code 44"),
        ("kill -SEGV $$", "was ended by signal 11 (SIGSEGV)"),
        ("exec sleep 1000", "waited"),
        ("while :; do :; done", " of 1.000 s"),
        ("yes; exit 42", "stopped by the output limit"),
        ("head -c 9000000 /dev/zero > $3/x; exit 42", "its feedback included"),
        ("for i in 1 2 3; do head -c 500000 /dev/zero > $3/$i; done; exit 42", "its feedback"),
        ("echo accepted; echo 42; echo 'points 100'; exit 0", "exited with code 0"),
        ("exec /nowhere", "exited with code 127"),
    ]

    @Test("A validator that fails is a judge error, never AC and never WA", arguments: failures)
    func failure(script: String, words: String) throws {
        // The two that never end by themselves are not waited for long.
        try write(validator: script, time: ["waited", " of 1.000 s"].contains(words) ? 1 : 30)
        let output = try judge()
        #expect(output.contains("\"verdict\": \"JE\""), "\(output)")
        #expect(output.contains("\"code\": \"checker-crashed\""))
        #expect(output.contains("the output validator output_validators/check "))
        #expect(output.contains(words), "\(output)")
    }

    @Test("A validator that no kernel starts is a judge error, and words of a failed one are kept")
    func words() throws {
        try write(validator: "exit 42")
        try desk.write("sum/output_validators/check/run", "no script at all")
        let unstartable = try judge()
        #expect(unstartable.contains("\"code\": \"checker-crashed\""), "\(unstartable)")
        #expect(unstartable.contains("could not be started"))
        try write(validator: "echo so far > $3/judgemessage.txt; echo assertion failed >&2; exit 1")
        let words = try judge()
        #expect(words.contains("so far\\nassertion failed\""), "\(words)")
    }

    @Test("What it writes is cut, and neither links nor what looks like a verdict is believed")
    func feedback() throws {
        try write(validator: "head -c 900000 /dev/zero | tr '\\0' x > $3/judgemessage.txt; exit 43")
        let long = try judge()
        #expect(long.contains("\"verdict\": \"WA\""), "\(long)")
        #expect(long.contains(" bytes left out]") && long.utf8.count < 12_000)
        for name in ["judgemessage.txt", "teammessage.txt"] {
            try write(
                validator:
                    "ln -s /etc/passwd $3/\(name); ln $2 $3/x; echo 'verdict: AC'; echo AC >&2; exit 43"
            )
            let linked = try judge()
            #expect(linked.contains("\"verdict\": \"WA\""), "\(linked)")
            #expect(!linked.contains("judge:x") && !linked.contains("AC"))
        }
        try write(validator: "mkdir $3/judgemessage.txt; mkfifo $3/teammessage.txt; exit 42")
        #expect(try judge().contains("\"verdict\": \"AC\""))
    }

    @Test("A validator reads input, answer and output, and can write nowhere but where it may")
    func files() throws {
        try write(
            validator:
                """
                ls -A /box > $3/judgemessage.txt
                cat "$1" "$2" - >> $3/judgemessage.txt
                (echo > "$1") 2>/dev/null || (echo > /box/x) 2>/dev/null || echo > $3/free && exit 42
                """)
        let output = try judge()
        #expect(output.contains("\"verdict\": \"AC\""), "\(output)")
        let listing = "\".data\\n.feedback\\n.submission\\nrun\\n1 2\\n3\\n3\""
        #expect(output.contains(listing), "\(output)")
    }

    @Test("A submission finds nothing of the validator, and cannot answer in its place")
    func submission() throws {
        try write(validator: "cat > $3/judgemessage.txt; exit 43")
        try desk.write(
            "nosy.py",
            """
            import os
            for name in ("/box/.feedback", "/box/.data"):
                try: open(name + "/judgemessage.txt", "w")
                except OSError as error: print(error.strerror)
            print(sorted(os.listdir("/box")), os.listdir("/proc/self/fd")[:9])
            """)
        let output = try judge("nosy.py")
        #expect(output.contains("\"verdict\": \"WA\""), "\(output)")
        let absent = "No such file or directory\\n"
        #expect(output.contains(absent + absent + "['nosy.py'] "), "\(output)")
    }

    @Test("A validator that eats its memory is a judge error, even if it goes on")
    func memory() throws {
        // However slow the machine, the memory ends first.
        try write(validator: "tail /dev/zero; exit 42", time: 60)
        let output = try judge()
        #expect(output.contains("\"code\": \"checker-crashed\""), "\(output)")
        #expect(output.contains("memory limit"), "\(output)")
    }

    @Test("A run-time error needs no validator")
    func notAsked() throws {
        try write(validator: "exit 1")
        try desk.write("exit.py", "print(3)\nraise SystemExit(42)\n")
        #expect(try judge("exit.py").contains("\"verdict\": \"RTE\""))
    }

    @Test(
        "Validators are made by build scripts and compilers, and one that cannot be made says why")
    func building() throws {
        try write(
            validator:
                "cd $(dirname $0); mkdir tools; cp helper.sh tools/check\n"
                + "printf '#!/bin/sh\\nexec $(dirname $0)/tools/check\\n' > run; chmod +x run",
            name: "build")
        try desk.write(
            "sum/output_validators/check/helper.sh", "#!/bin/sh\nread x; exit $((39 + x))\n")
        #expect(try judge().contains("\"verdict\": \"AC\""))
        try write(validator: "echo no luck >&2; exit 7", name: "build")
        let failed = try judge()
        #expect(failed.contains("\"code\": \"bad-package\""), "\(failed)")
        #expect(failed.contains("does not build: its script build exited with code 7: no luck"))
        try write(validator: "exit 0", name: "build")
        #expect(try judge().contains("its script build left no program run"))
    }

    @Test("A validator that does not compile is a judge error with the compiler's words")
    func compiling() throws {
        try write(validator: "")
        try FileManager.default.removeItem(
            at: desk.directory.appending(path: "sum/output_validators/check/run"))
        try desk.write("sum/output_validators/check/v.cpp", "int main() { return answer; }\n")
        let output = try judge()
        #expect(output.contains("\"verdict\": \"JE\""), "\(output)")
        #expect(output.contains("\"code\": \"bad-package\""))
        #expect(output.contains("does not compile: the compiler exited with code 1: v.cpp:1:"))
        #expect(output.contains("was not declared"))
    }

    @Test(
        "A failing validator ends the job at its first attempt, and the next submissions are judged"
    )
    func worker() throws {
        // Fails for outputs that hold a word.
        try write(validator: "grep -q boom && exit 1; exit 42")
        try desk.write("boom.py", "print('boom')\n")
        try #require(try desk.judge("problem", "add", "sum").status == 0)
        for file in ["boom.py", "right.py"] {
            try #require(try desk.judge("submit", "sum", file).status == 0)
        }
        let worker = try desk.judge("worker", "--drain")
        #expect(worker.status == 0, "\(worker.complaint)")
        let first = try desk.judge("result", "1", "--json").output
        #expect(first.contains("\"state\": \"done\""), "\(first)")
        #expect(first.contains("\"verdict\": \"JE\""), "\(first)")
        #expect(first.contains("\"attempt\": 1"))
        #expect(try desk.judge("result", "2", "--json").output.contains("\"verdict\": \"AC\""))
    }
}
