import Foundation
import Linux
import SandboxProtocol
import Sandboxing
import Testing
import Units

/// After two runs of one shape with one box the sandbox of a third is made before it is asked for.
@Suite("Sandboxes that are made ahead", .serialized)
struct AheadTests {
    static let request = RunRequest(
        arguments: ["/bin/true"], environment: ["PATH=/usr/bin:/bin"], limits: roomy)

    /// A request of the usual shape with another program.
    private static func shell(_ line: String) -> RunRequest {
        var request = request
        request.arguments = ["sh", "-c", line]
        return request
    }

    private static func run(_ request: RunRequest, in slot: SandboxSlot) async throws -> RunResult {
        try await slot.run(request, input: .empty, stdout: .captured, stderr: .captured)
    }

    /// Leaves a slot with a sandbox of this shape that waits.
    static func prepare(
        _ slot: SandboxSlot, _ request: RunRequest = Self.request
    ) async throws {
        try await slot.resetBox(size: .mebibytes(8))
        for _ in 0..<2 {
            let result = try await run(request, in: slot)
            #expect(result.report.exitCode == 0, "\(result.report)")
        }
        try await untilWaiting()
    }

    /// Pids of helpers of this process and all beneath them, the outermost first.
    static func processes(of parent: Int32 = getpid()) -> [Int32] {
        let threads = (try? directoryNames("/proc/\(parent)/task")) ?? []
        let children = threads.flatMap { thread in
            ((try? readControl("/proc/\(parent)/task/\(thread)/children")) ?? "")
                .split(separator: " ").compactMap { Int32($0) }
        }
        return children.flatMap { [$0] + processes(of: $0) }
    }

    /// Both helpers, an init and its child: the last is made after the report is sent.
    private static func untilWaiting() async throws {
        let limit = ContinuousClock.now + .seconds(20)
        while processes().count < 4 {
            try #require(ContinuousClock.now < limit, "nothing was made ahead")
            await Task.yield()
        }
    }

    /// Until nothing but its helper's knowledge is left of a process.
    private static func untilEnded(_ process: Int32) async throws {
        let limit = ContinuousClock.now + .seconds(20)
        while let stat = try? readControl("/proc/\(process)/stat"), !stat.contains(") Z ") {
            try #require(ContinuousClock.now < limit, "\(process) does not end")
            await Task.yield()
        }
    }

    private static func groups() throws -> [String] {
        try CgroupHierarchy.find().bases.flatMap { base -> [String] in
            let slots = (try? directoryNames("\(base)/judge")) ?? []
            return slots.filter { $0.hasPrefix("slot-\(getpid())-") }.flatMap { slot in
                ((try? directoryNames("\(base)/judge/\(slot)")) ?? []).filter {
                    $0.hasPrefix("run-")
                }
            }
        }
    }

    @Test("Each run has processes, places, interfaces and a group of its own")
    func fresh() async throws {
        let line =
            "ls -A /tmp /dev/shm; echo $$; touch /tmp/left /dev/shm/left; "
            + "for kind in cgroup ipc mnt net pid user uts; do readlink /proc/self/ns/$kind; done; "
            + "sleep 3600 & set -- /proc/[0-9]*; echo $#"
        try await withSlot { slot in
            try await Self.prepare(slot)
            var texts: [String] = []
            for _ in 0..<4 {
                let result = try await Self.run(Self.shell(line), in: slot)
                #expect(result.report.exitCode == 0, "\(result.report)")
                let lines = result.text.split(separator: "\n")
                #expect(lines.prefix(3) == ["/dev/shm:", "/tmp:", "2"], "\(result.text)")
                texts.append(lines.dropFirst(3).joined(separator: " "))
                try await Self.untilWaiting()
            }
            // The shell and its `sleep`; init is not to be seen.
            for text in texts { #expect(text.hasSuffix(" 2"), "\(text)") }
        }
    }

    @Test("Arguments, environment, streams and channels are those of the run")
    func own() async throws {
        try await withSlot { slot in
            try await Self.prepare(slot)
            for number in 0..<3 {
                var request = Self.shell("cat; echo $WORD; echo e$WORD >&2; echo c$WORD >&4")
                request.environment.append("WORD=word\(number)")
                let channels = [try Descriptor.pipe(), try Descriptor.pipe()]
                let result = try await slot.run(
                    request, input: .bytes(Array("in\(number)\n".utf8)), stdout: .captured,
                    stderr: .captured,
                    channels: RunChannels([channels[0].read, channels[1].write]))
                close(channels[0].write)
                let told = FileHandle(fileDescriptor: channels[1].read, closeOnDealloc: true)
                #expect(result.text == "in\(number)\nword\(number)\n", "\(result.report)")
                #expect(result.errors == "eword\(number)\n")
                #expect(try told.readToEnd() == Data("cword\(number)\n".utf8))
                try await Self.untilWaiting()
            }
            let open = try await Self.run(Self.shell("ls -x /proc/$$/fd"), in: slot)
            #expect(open.text.split(separator: " ").joined(separator: " ") == "0 1 2\n")
        }
    }

    @Test("Of what one run writes, nothing is in the output of the next")
    func outputs() async throws {
        try await withSlot { slot in
            try await Self.prepare(slot)
            for size in [200_000, 3, 0, 70_000, 1] {
                let line = "head -c \(size) /dev/zero | tr '\\0' x; head -c \(size) /dev/zero >&2"
                let result = try await Self.run(Self.shell(line), in: slot)
                #expect(result.stdout == [UInt8](repeating: UInt8(ascii: "x"), count: size))
                #expect(result.stderr == [UInt8](repeating: 0, count: size))
            }
        }
    }

    @Test("Where it was not made for the run that comes, that has one of its own shape")
    func shapes() async throws {
        func changed(_ line: String, _ change: (inout RunRequest) -> Void) -> RunRequest {
            var request = Self.shell(line)
            change(&request)
            return request
        }
        let cases: [(RunRequest, said: String)] = [
            (changed("pwd") { $0.workingDirectory = "/tmp" }, "/space/tmp\n"),
            (changed("hostname") { $0.hostname = "other" }, "other\n"),
            (changed("ulimit -n") { $0.limits.openFiles = 17 }, "17\n"),
            (changed("ulimit -s") { $0.limits.stack = .mebibytes(3) }, "3072\n"),
            (changed("ulimit -f") { $0.limits.fileSize = .mebibytes(2) }, "4096\n"),
            (
                changed("echo new >/box/file && cat /box/file") { $0.boxWritable = true }, "new\n"
            ),
            (
                changed("dd if=/dev/zero of=/tmp/x bs=1M 2>/dev/null; stat -c %s /tmp/x") {
                    $0.limits.tmpSize = .mebibytes(5)
                }, "5242880\n"
            ),
        ]
        for (request, said) in cases {
            try await withSlot { slot in
                try await Self.prepare(slot)
                let result = try await Self.run(request, in: slot)
                #expect(result.text == said, "\(request) \(result.report) \(result.errors)")
            }
        }
    }

    @Test("Every limit holds in it")
    func limits() async throws {
        func limited(_ line: String, _ change: (inout RunLimits) -> Void) -> RunRequest {
            var request = Self.shell(line)
            change(&request.limits)
            return request
        }
        let cases: [(RunRequest, RunOutcome)] = [
            (limited("while :; do :; done") { $0.cpuTime = .milliseconds(200) }, .cpuTime),
            (limited("sleep 3600") { $0.wallTime = .seconds(3) }, .idle),
            (limited("yes") { $0.output = .kibibytes(64) }, .output),
            (
                limited("python3 -c 'x = bytearray(10**8)'") { $0.memory = .mebibytes(32) },
                .memory
            ),
            (limited("sleep 9 & sleep 9 & exit 1") { $0.processes = 2 }, .processes),
        ]
        for (request, outcome) in cases {
            try await withSlot { slot in
                var harmless = request
                harmless.arguments = ["/bin/true"]
                // Times are told when the run begins: a busy machine may need more of them for nothing.
                harmless.limits.cpuTime = Self.request.limits.cpuTime
                harmless.limits.wallTime = Self.request.limits.wallTime
                try await Self.prepare(slot, harmless)
                let result = try await Self.run(request, in: slot)
                #expect(result.report.outcome == outcome, "\(result.report)")
            }
        }
    }

    @Test("Of its memory, its waiting and its processes nothing is counted to the run")
    func account() async throws {
        let program = try await Programs.shared.executable("hello")
        try await withSlot { slot in
            try await slot.resetBox(size: .mebibytes(8))
            try await slot.put(name: "hello", bytes: program, executable: true)
            var request = Self.request
            request.arguments = ["/box/hello"]
            var reports: [RunReport] = []
            for number in 0..<6 {
                let before = Self.now
                let result = try await Self.run(request, in: slot)
                let report = result.report
                #expect(report.outcome == .exited)
                #expect(try #require(report.startedAt) >= before)
                #expect(report.processesPeak ?? 1 == 1, "\(report)")
                if number > 1 { try await Self.untilWaiting() }
                reports.append(report)
            }
            // One process cannot have used more than has passed since exec. That kernel counts in ticks.
            let tolerance = Duration.milliseconds(isUserModeLinux ? 20 : 1)
            for report in reports {
                #expect(report.cpuTime <= report.wallTime + tolerance, "\(report)")
            }
            // The first was made when it was asked for, the last ahead.
            #expect(reports[5].memoryPeak.bytes <= reports[0].memoryPeak.bytes + (1 << 20))
        }
    }

    /// By the clock of reports, which are of whole microseconds.
    private static var now: Duration {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return .seconds(time.tv_sec) + .microseconds(time.tv_nsec / 1_000)
    }

    @Test("A folder or a box that is replaced is seen by the next run as it is then")
    func boxChanges() async throws {
        try await withSlot { slot in
            try await slot.resetBox(size: .mebibytes(8))
            for number in 0..<5 {
                try await slot.resetFolder(name: "io", size: .mebibytes(1), writable: false)
                try await slot.put(
                    name: "io/word", bytes: Array("word\(number)\n".utf8), executable: false)
                for _ in 0..<3 {
                    let line = "cat /box/io/word; echo no 2>/dev/null >/box/io/word; true"
                    let result = try await Self.run(Self.shell(line), in: slot)
                    #expect(result.text == "word\(number)\n", "\(result.errors)")
                }
            }
            try await Self.untilWaiting()
            try await slot.resetBox(size: .mebibytes(8))
            let empty = try await Self.run(Self.shell("ls -A /box"), in: slot)
            #expect(empty.text == "")
        }
    }

    @Test("A file that is put into the box is there for a sandbox that was there before")
    func laterFile() async throws {
        try await withSlot { slot in
            try await Self.prepare(slot)
            try await slot.put(name: "late", bytes: Array("late\n".utf8), executable: false)
            let result = try await Self.run(Self.shell("cat /box/late"), in: slot)
            #expect(result.text == "late\n")
            try await slot.drop(name: "late")
            let next = try await Self.run(Self.shell("ls -A /box"), in: slot)
            #expect(next.text == "")
        }
    }

    @Test("It goes with the box, with the slot, and with its helper, and leaves nothing")
    func goes() async throws {
        try await withSlot { slot in
            let none = Self.processes().count
            try await Self.prepare(slot)
            #expect(Self.processes().count == none + 2)
            #expect(try !Self.groups().isEmpty)
            try await slot.resetBox(size: .mebibytes(1))
            #expect(Self.processes().count == none)
            #expect(try Self.groups() == [])
            try await Self.prepare(slot)
        }
        #expect(Self.processes().isEmpty)
        #expect(try Self.groups() == [])
        try await withSlot { slot in
            try await Self.prepare(slot)
            let all = Self.processes()
            kill(all[1], SIGKILL)
            await #expect(throws: SandboxError.self) {
                _ = try await Self.run(Self.request, in: slot)
            }
            #expect(try await slot.shell("echo next").text == "next\n")
        }
        #expect(Self.processes().isEmpty)
        #expect(try Self.groups() == [])
    }

    @Test("Where it ends before its run comes, the run has another", arguments: [2, 3])
    func killed(place: Int) async throws {
        try await withSlot { slot in
            for _ in 0..<10 {
                try await Self.prepare(slot)
                let all = Self.processes()
                // Init, or the child that waits.
                kill(all[place], SIGKILL)
                try await Self.untilEnded(all[2])
                let result = try await Self.run(Self.shell("echo ran"), in: slot)
                #expect(result.text == "ran\n", "\(result.report)")
            }
        }
    }
}
