import Foundation
import Testing

/// `judge sandbox run`, on the real sandbox, which needs root here.
@Suite(.enabled(if: geteuid() == 0, "needs root for the sandbox"), .serialized)
struct SandboxTests {
    private let desk: Desk

    init() throws {
        desk = try Desk()
    }

    private func run(_ options: [String] = [], _ program: String...) throws -> (
        Int32, String, String
    ) {
        let answer = try desk.judge(["sandbox", "run"] + options + ["--"] + program)
        return (answer.status, answer.output, answer.complaint)
    }

    @Test("The program's output and exit code are those of the command")
    func outputAndCode() throws {
        let answer = try run([], "sh", "-c", "echo out; echo err >&2; exit 3")
        #expect(answer == (3, "out\n", "err\n"))
    }

    @Test("A signal that ends the program is 128 more")
    func signal() throws {
        #expect(try run([], "sh", "-c", "kill -TERM $$").0 == 143)
    }

    @Test("A time limit is 124, CPU and wall alike")
    func time() throws {
        let spin = try run(["--cpu-time", "200ms"], "sh", "-c", "while :; do :; done")
        #expect(spin.0 == 124)
        let sleep = try run(["--wall-time", "200ms"], "sleep", "60")
        #expect(sleep.0 == 124)
    }

    @Test("The memory limit is 137")
    func memory() throws {
        let answer = try run(
            ["--memory", "20MiB"], "/usr/bin/python3", "-c", "x = bytearray(10**8)")
        #expect(answer.0 == 137)
    }

    @Test(
        "A terminal that closes ends the run, unless nohup was asked for", arguments: [false, true])
    func hangUp(underNohup: Bool) throws {
        try desk.write("shared/note", "")
        let shared = desk.directory.appending(path: "shared").path(percentEncoded: false)
        chmod(shared, 0o755)
        let (process, output) = try desk.start(
            underNohup: underNohup, "sandbox", "run", "--cpu-time", "100s", "--writable",
            "\(shared):/opt/shared", "--", "sh", "-c",
            "echo ready; until [ -e /opt/shared/go ]; do :; done")
        #expect(try output.read(upToCount: 6) == Data("ready\n".utf8))
        #expect(kill(process.processIdentifier, SIGHUP) == 0)
        if underNohup { try desk.write("shared/go", "") }
        process.waitUntilExit()
        #expect(process.terminationReason == .exit)
        #expect(process.terminationStatus == (underNohup ? 0 : 130))
    }

    @Test("What cannot be set up is 125, and nothing runs")
    func setUp() throws {
        let answer = try run(["--cwd", "/nowhere"], "sh", "-c", "echo ran")
        #expect(answer.0 == 125)
        #expect(answer.1.isEmpty)
        #expect(answer.2 == "judge: enter the working directory: no such file or directory\n")
        #expect(try run(["--read-only", "/no/such:/data"], "true").0 == 125)
        #expect(try run([], "no-such-program").0 == 125)
    }

    @Test("The report has every key, in a file")
    func report() throws {
        #expect(try run(["--report", "report.json"], "true").0 == 0)
        let text = try String(
            contentsOfFile: desk.directory.path(percentEncoded: false) + "/report.json",
            encoding: .utf8)
        let object = try #require(
            JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(
            Set(object.keys) == [
                "outcome", "exit_code", "signal", "cpu_time_us", "user_time_us", "system_time_us",
                "wall_time_us", "memory_peak_bytes", "oom_kills", "processes_peak",
                "output_bytes", "setup_us", "filtered_call", "reason",
                "voluntary_switches", "involuntary_switches", "minor_faults", "major_faults",
                "steal_us", "cpu_pressure_us", "waiting_us",
            ])
        #expect(object["outcome"] as? String == "exited")
        #expect(object["exit_code"] as? Int == 0)
    }

    @Test("A file of this machine is copied in and runs")
    func ownProgram() throws {
        try desk.write("hello", "#!/bin/sh\necho hello from $0\n")
        #expect(try run([], "./hello") == (0, "hello from /box/hello\n", ""))
    }

    @Test("Options reach the run: environment, directory, host name, streams")
    func options() throws {
        try desk.write("in.txt", "from a file\n")
        let answer = try run(
            [
                "--env", "A=1", "--cwd", "/tmp", "--hostname", "elsewhere", "--stdin", "in.txt",
                "--stdout", "out.txt",
            ], "sh", "-c", "cat; echo $A; hostname; pwd -P")
        #expect(answer == (0, "", ""))
        let output = try String(
            contentsOfFile: desk.directory.path(percentEncoded: false) + "/out.txt", encoding: .utf8
        )
        #expect(output == "from a file\n1\nelsewhere\n/space/tmp\n")
    }

    @Test(
        "A wrong option is one sentence and 64",
        arguments: [
            ["--memory", "20"], ["--cpu-time", "0s"], ["--processes", "0"], ["--env", "A"],
            ["--cwd", "here"], ["--read-only", "/usr"], ["--read-only", "/usr:/a/../b"],
            ["--report", "fd:x"],
        ])
    func wrongOptions(options: [String]) throws {
        let answer = try run(options, "true")
        #expect(answer.0 == 64)
        #expect(answer.2.hasPrefix("judge: "))
    }

    @Test("A file that is not there is 65, the program itself 125")
    func missingFiles() throws {
        #expect(try run([], "./nothing").0 == 125)
        #expect(try run(["--stdin", "nothing"], "true").0 == 65)
        #expect(try run(["--report", "no/such/report"], "true").0 == 65)
    }

    @Test(
        "Runs keep to one processor, and to none where judge.conf says so",
        .enabled(if: ProcessInfo.processInfo.activeProcessorCount > 1, "needs two processors"),
        arguments: [true, false])
    func processor(isBound: Bool) throws {
        let settings = "[sandbox]\nbind_processors = \(isBound)\nfirst_identity = 61000\n"
        try desk.write("judge.conf", settings)
        // In a network of its own no other judge of this machine holds the name of a processor.
        let answer = try desk.shell("unshare -n \"$0\" sandbox run -- nproc; nproc")
        let numbers = answer.output.split(separator: "\n")
        try #require(numbers.count == 2, "\(answer.complaint)")
        #expect(numbers[0] == (isBound ? "1" : numbers[1]))
    }

    @Test("The world inside stands beside the world outside, as text and as JSON")
    func inspect() throws {
        let text = try desk.judge("sandbox", "inspect")
        #expect(text.status == 0, "\(text.complaint)")
        let rows = text.output.split(separator: "\n").map { $0.split(separator: " ") }
        #expect(rows.first == ["outside", "inside"])
        #expect(rows.contains { $0.first == "host-name" && $0.last == "judge" })
        let answer = try desk.judge("sandbox", "inspect", "--json", "--open-files", "32")
        let object = try #require(
            JSONSerialization.jsonObject(with: Data(answer.output.utf8))
                as? [String: [String: [String]]])
        #expect(Set(object.keys) == ["outside", "inside"])
        #expect(object["inside"].map { Set($0.keys) } == object["outside"].map { Set($0.keys) })
        #expect(object["inside"]?["limit-open-files"] == ["32 of 32"])
        #expect(object["inside"]?["process-id"] == ["2"])
    }
}
