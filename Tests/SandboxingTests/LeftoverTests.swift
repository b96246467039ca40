import Foundation
import Linux
import SandboxProtocol
import Sandboxing
import Testing
import Units

@Suite("What stays behind", .serialized)
struct LeftoverTests {
    /// What the machine has of things that a run could leave.
    private struct Machine: Equatable {
        var processes: Int
        var mounts: Int
        var cgroups: [String]
        var descriptors: Int

        static func look() throws -> Machine {
            let files = FileManager.default
            let hierarchy = try CgroupHierarchy.find()
            let slots = hierarchy.bases.flatMap { base -> [String] in
                let slots = (try? files.contentsOfDirectory(atPath: base + "/judge")) ?? []
                return slots.filter { $0.hasPrefix("slot-\(getpid())-") }.flatMap { slot in
                    let inside =
                        (try? files.contentsOfDirectory(atPath: "\(base)/judge/\(slot)")) ?? []
                    return [slot] + inside.filter { $0.hasPrefix("run-") }
                }
            }
            return Machine(
                processes: helpers().count,
                mounts: try readControl("/proc/self/mountinfo").split(separator: "\n").count,
                cgroups: slots.sorted(),
                descriptors: try files.contentsOfDirectory(atPath: "/proc/self/fd").count)
        }

        /// Pids of this process's helpers and of everything beneath them.
        static func helpers() -> [Int] {
            var children: [Int: [Int]] = [:]
            let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
            for pid in names.compactMap(Int.init) {
                guard let text = try? readControl("/proc/\(pid)/stat"),
                    let end = text.lastIndex(of: ")")
                else { continue }
                let fields = text[end...].split(separator: " ")
                if fields.count > 2, let parent = Int(fields[2]) {
                    children[parent, default: []].append(pid)
                }
            }
            var found: [Int] = []
            var queue = [Int(getpid())]
            while let next = queue.popLast() {
                for child in children[next] ?? [] {
                    found.append(child)
                    queue.append(child)
                }
            }
            return found
        }

        /// The helper whose parent this process is.
        static func outerHelper() -> Int? {
            helpers().first { pid in
                let text = (try? readControl("/proc/\(pid)/status")) ?? ""
                return text.hasPrefix("Name:\tjudge-sandbox\n")
                    && text.contains("\nPPid:\t\(getpid())\n")
            }
        }

        /// Memory that is the helpers' own, in KiB; what is mapped of their program comes and goes.
        static func helperMemory() -> Int {
            helpers().reduce(0) { $0 + memory("RssAnon:", of: $1) }
        }

        /// A line of the process's status, in KiB.
        static func memory(_ name: String, of pid: Int) -> Int {
            let text = (try? readControl("/proc/\(pid)/status")) ?? ""
            let line = text.split(separator: "\n").first { $0.hasPrefix(name) }
            return line?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        }
    }

    @Test("1,000 runs leave no process, mount, cgroup or descriptor, and the helper does not grow")
    func thousandRuns() async throws {
        // The compiler's run leaves Foundation with descriptors of its own.
        for program in ["hello", "orphan"] { _ = try await Programs.shared.executable(program) }
        let before = try Machine.look()
        try await withSlot { slot in
            _ = try await slot.run(program: "hello")
            for _ in 0..<100 { _ = try await slot.run(program: "hello") }
            let early = try Machine.look()
            let memory = Machine.helperMemory()
            #expect(early.processes == before.processes + 2)
            for number in 0..<900 {
                let result = try await slot.run(program: number % 9 == 0 ? "orphan" : "hello")
                #expect(result.report.outcome == .exited)
            }
            let late = try Machine.look()
            #expect(late == early, "\(late) \(early)")
            // Equal but for what the allocator keeps: no growth by the run.
            #expect(Machine.helperMemory() - memory < 900)
        }
        let after = try Machine.look()
        #expect(after == before, "\(after) \(before)")
    }

    @Test("Nor do runs in sandboxes that were made ahead")
    func runsAhead() async throws {
        try await withSlot { slot in
            try await slot.resetBox(size: .mebibytes(8))
            var early: Machine?
            for number in 1...300 {
                let result = try await slot.run(
                    AheadTests.request, input: .empty, stdout: .captured, stderr: .captured)
                #expect(result.report.exitCode == 0, "\(result.report)")
                guard number == 10 || number == 300 else { continue }
                // Answered when the helper has nothing else to do.
                try await slot.drop(name: "nothing")
                var machine = try Machine.look()
                // Of the sandbox that waits, whose child may not be born yet; numbers go on.
                machine.processes = 0
                machine.cgroups = machine.cgroups.map { $0.filter { !$0.isNumber } }
                if let early { #expect(machine == early, "\(machine) \(early)") }
                early = machine
            }
            try await slot.resetBox(size: .mebibytes(8))
            let groups = try Machine.look().cgroups
            #expect(!groups.contains { $0.hasPrefix("run-") }, "\(groups)")
            #expect(Machine.helpers().count == 2)
        }
    }

    @Test("A helper that waits has less than 4 MB of memory, before the first run and after others")
    func smallHelpers() async throws {
        try await withSlot { slot in
            for runs in [0, 3] {
                for _ in 0..<runs { _ = try await slot.run(program: "hello") }
                let limit = ContinuousClock.now + .seconds(60)
                var sizes: [Int] = []
                repeat {
                    try #require(ContinuousClock.now < limit, "\(sizes) KiB after \(runs) runs")
                    await Task.yield()
                    sizes = Machine.helpers().map { Machine.memory("VmRSS:", of: $0) }
                } while sizes.contains { $0 * 1024 >= 4_000_000 }
                #expect(sizes.count >= 2)
            }
        }
    }

    @Test("The directories of a slot whose owner died are removed by the next")
    func abandoned() async throws {
        let hierarchy = try CgroupHierarchy.find()
        let names = hierarchy.bases.map { "\($0)/judge/slot-1-abandoned" }
        for name in names {
            try FileManager.default.createDirectory(
                atPath: "\(name)/run-7", withIntermediateDirectories: true)
        }
        try await withSlot { slot in
            _ = try await slot.run(program: "hello")
            for name in names { #expect(!FileManager.default.fileExists(atPath: name)) }
        }
    }

    @Test("A slot whose helper was killed in the middle of a run is closed without a trace")
    func killedThenClosed() async throws {
        let before = try Machine.look()
        try await withSlot { slot in
            let announced = try Announcement()
            let task = Task {
                defer { announced.close() }
                return try await slot.run(
                    RunRequest(
                        arguments: ["sh", "-c", "echo started; sleep 3600"],
                        workingDirectory: "/tmp", limits: roomy),
                    input: .empty, stdout: .descriptor(announced.writer), stderr: .captured)
            }
            #expect(await announced.wait() == "started\n")
            let helper = try #require(Machine.outerHelper())
            kill(pid_t(helper), SIGKILL)
            await #expect(throws: SandboxError.self) { _ = try await task.value }
        }
        #expect(try Machine.look().cgroups == before.cgroups)
    }

    @Test("A helper whose inner half died is replaced at once")
    func killedInner() async throws {
        try await withSlot { slot in
            for _ in 0..<20 {
                let announced = try Announcement()
                let task = Task {
                    defer { announced.close() }
                    return try await slot.run(
                        RunRequest(
                            arguments: ["sh", "-c", "echo started; sleep 3600"],
                            workingDirectory: "/tmp", limits: roomy),
                        input: .empty, stdout: .descriptor(announced.writer), stderr: .captured)
                }
                #expect(await announced.wait() == "started\n")
                let outer = try #require(Machine.outerHelper())
                let children = try readControl("/proc/\(outer)/task/\(outer)/children")
                let inner = try #require(children.split(separator: " ").first.flatMap { Int($0) })
                kill(pid_t(inner), SIGKILL)
                await #expect(throws: SandboxError.self) { _ = try await task.value }
                #expect(try await slot.shell("echo next").text == "next\n")
            }
        }
    }

    @Test("A helper has no terminal of its own that could stop or signal it")
    func helperSession() async throws {
        try await withSlot { _ in
            let helper = try #require(Machine.outerHelper())
            #expect(getsid(pid_t(helper)) == pid_t(helper))
        }
    }

    @Test("A helper that is killed takes its run along, and the slot gets a new one")
    func killedHelper() async throws {
        try await withSlot { slot in
            let announced = try Announcement()
            let task = Task {
                // A run that ends without a word must not leave the test waiting.
                defer { announced.close() }
                return try await slot.run(
                    RunRequest(
                        arguments: ["sh", "-c", "echo started; sleep 3600"],
                        workingDirectory: "/tmp", limits: roomy),
                    input: .empty, stdout: .descriptor(announced.writer), stderr: .captured)
            }
            #expect(await announced.wait() == "started\n")
            let helper = try #require(Machine.outerHelper())
            kill(pid_t(helper), SIGKILL)
            await #expect(throws: SandboxError.self) { _ = try await task.value }
            let next = try await slot.run(program: "hello")
            #expect(next.text == "hello\n")
        }
    }
}
