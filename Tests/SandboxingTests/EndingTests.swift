import Foundation
import Linux
import SandboxProtocol
import Sandboxing
import Testing
import Units

@Suite("How runs begin and end", .serialized)
struct EndingTests {
    @Test("Exit codes and signals are the program's own", arguments: [0, 1, 3, 42, 255])
    func exitCodes(code: Int32) async throws {
        let result = try await withSlot {
            try await $0.run(program: "ending", ["exit", "\(code)"])
        }
        #expect(result.report.outcome == .exited)
        #expect(result.report.exitCode == code)
        #expect(result.report.signal == nil)
    }

    @Test("A signal that ends the program is reported", arguments: [6, 9, 11, 14, 24])
    func signals(number: Int32) async throws {
        let result = try await withSlot {
            try await $0.run(program: "ending", ["signal", "\(number)"])
        }
        #expect(result.report.outcome == .signaled)
        #expect(result.report.signal == number)
        #expect(result.report.exitCode == nil)
    }

    @Test("What a program leaves behind dies with it and holds nothing up")
    func orphans() async throws {
        let result = try await withSlot { try await $0.run(program: "orphan") }
        #expect(result.report.outcome == .exited)
        #expect(result.text == "left\n")
        #expect(result.report.wallTime < .seconds(5))
    }

    @Test(
        "Output that was sent through a socket and is kept there does not keep the run",
        .timeLimit(.minutes(1)), arguments: [1, 2])
    func outputInFlight(number: Int) async throws {
        let ends = try Descriptor.socketPair()
        // What is in it lives for as long as this end.
        defer { close(ends.near) }
        let executable = try await Programs.shared.executable("flight")
        let result = try await withSlot { slot in
            try await slot.resetBox(size: .mebibytes(8))
            try await slot.put(name: "flight", bytes: executable, executable: true)
            return try await slot.run(
                RunRequest(
                    arguments: ["/box/flight", "held", "\(number)", "3"], limits: roomy),
                input: .empty, stdout: .captured, stderr: .captured,
                channels: RunChannels([ends.far]))
        }
        #expect(result.report.exitCode == 0)
        #expect(result.text == "sent\n")
    }

    @Test(
        "What was sent through sockets that only hold each other is closed when the run is over",
        .timeLimit(.minutes(1)))
    func cycleInFlight() async throws {
        let pipe = try Descriptor.pipe()
        defer { close(pipe.read) }
        let executable = try await Programs.shared.executable("flight")
        try await withSlot { slot in
            try await slot.resetBox(size: .mebibytes(8))
            try await slot.put(name: "flight", bytes: executable, executable: true)
            let result = try await slot.run(
                RunRequest(arguments: ["/box/flight", "cycle", "3"], limits: roomy),
                input: .empty, stdout: .captured, stderr: .captured,
                channels: RunChannels([pipe.write]))
            #expect(result.report.exitCode == 0)
            // Any socket that is closed on this machine would do; the slot is kept open, so that its
            // own are not among them.
            var interest = pollfd(fd: pipe.read, events: Int16(POLLIN), revents: 0)
            #expect(poll(&interest, 1, 20_000) == 1)
            #expect(interest.revents & Int16(POLLHUP) != 0)
        }
    }

    @Test("Ten megabytes go in and out unchanged")
    func throughput() async throws {
        let bytes = (0..<(10 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let result = try await withSlot { slot in
            try await slot.resetBox(size: .mebibytes(1))
            return try await slot.run(
                RunRequest(arguments: ["cat"], limits: roomy), input: .bytes(bytes),
                stdout: .captured, stderr: .captured)
        }
        #expect(result.report.exitCode == 0)
        #expect(result.stdout == bytes)
    }

    @Test("Input from a file is a private copy: its name is not visible inside")
    func inputFile() async throws {
        let path = NSTemporaryDirectory() + "judge-input-\(UUID().uuidString)"
        try Data("line\n".utf8).write(to: URL(filePath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let result = try await withSlot { slot in
            try await slot.resetBox(size: .mebibytes(1))
            return try await slot.run(
                RunRequest(
                    arguments: ["sh", "-c", "cat; readlink /proc/self/fd/0"], limits: roomy),
                input: .file(path), stdout: .captured, stderr: .captured)
        }
        #expect(result.text == "line\n/memfd:input (deleted)\n")
    }

    @Test("A run whose init somebody kills is an error of the machine, not the program's end")
    func killedInit() async throws {
        try await withSlot { slot in
            try await slot.resetBox(size: .mebibytes(1))
            let announced = try Announcement()
            let run = Task {
                defer { announced.close() }
                return try await slot.run(
                    RunRequest(
                        arguments: ["/bin/sh", "-c", "echo ready; sleep 3600"], limits: roomy),
                    input: .empty, stdout: .descriptor(announced.writer), stderr: .captured
                ).report
            }
            #expect(await announced.wait() == "ready\n")
            // Both helpers are outside of it.
            kill(try #require(AheadTests.processes().dropFirst(2).first), SIGKILL)
            await #expect {
                let report = try await run.value
                Issue.record("\(report)")
            } throws: { "\($0)".contains("follow a run to its end, its init was killed") }
            #expect(try await slot.shell("echo next").text == "next\n")
        }
    }

    @Test("A program that does not exist is a set-up failure that names it")
    func missingProgram() async throws {
        let result = try await withSlot { slot in
            try await slot.resetBox(size: .mebibytes(1))
            return try await slot.run(
                RunRequest(arguments: ["/box/nothing"], limits: roomy), input: .empty,
                stdout: .captured, stderr: .captured)
        }
        #expect(result.report.outcome == .setupFailed)
        #expect(result.report.execErrno == 2)
        #expect(result.report.reason == "execute /box/nothing: no such file or directory")
    }

    @Test("A set-up step that fails is named, and nothing is run")
    func failedStep() async throws {
        let result = try await withSlot { slot in
            try await slot.resetBox(size: .mebibytes(1))
            return try await slot.run(
                RunRequest(
                    arguments: ["/bin/true"], workingDirectory: "/nowhere", limits: roomy),
                input: .empty, stdout: .captured, stderr: .captured)
        }
        #expect(result.report.outcome == .setupFailed)
        #expect(result.report.execErrno == nil)
        #expect(
            result.report.reason == "enter the working directory: no such file or directory")
    }

    @Test("Without its helper a slot cannot be opened, and the sentence says so")
    func missingHelper() async throws {
        await #expect {
            _ = try await SandboxSlot.open(
                SlotConfiguration(index: 0, helperPath: "/nowhere/judge-sandbox"))
        } throws: { "\($0)".contains("/nowhere/judge-sandbox: no such file; build it") }
    }

    @Test("Without its cgroup a slot cannot be opened, and the sentence names it")
    func missingCgroup() async throws {
        await #expect {
            _ = try await SandboxSlot.open(
                SlotConfiguration(index: 0, helperPath: helperPath, cgroup: "/no/such/group"))
        } throws: { "\($0)".contains("/no/such/group") }
    }

    @Test("Without the processor it is bound to nothing runs")
    func missingProcessor() async throws {
        let result = try await withSlot(cpu: 900) { try await $0.shell("echo ran") }
        #expect(result.report.outcome == .setupFailed)
        #expect(result.report.reason?.hasPrefix("bind to the slot's processor: ") == true)
        #expect(result.text.isEmpty)
    }

    @Test("Without a mount that was asked for no slot opens, and the sentence names it")
    func missingMount() async throws {
        await #expect {
            _ = try await withSlot(mounts: [FileMount(host: "/no/such/dir", inside: "/data")]) {
                try await $0.shell("true")
            }
        } throws: { "\($0)".contains("show /no/such/dir: no such file or directory") }
    }

    @Test("More runs than processors wait at one time without holding up anything else")
    func manySlots() async throws {
        let count = ProcessInfo.processInfo.activeProcessorCount + 2
        let ended = Counter()
        let endedBeforeAllBegan = try await withThrowingTaskGroup(of: Void.self) { group in
            var announcements: [Announcement] = []
            for _ in 0..<count {
                let announced = try Announcement()
                announcements.append(announced)
                group.addTask {
                    defer { announced.close() }
                    defer { ended.increase() }
                    try await withSlot { slot in
                        _ = try await slot.run(
                            RunRequest(
                                arguments: ["sh", "-c", "echo started; sleep 3600"],
                                workingDirectory: "/tmp", limits: roomy),
                            input: .empty, stdout: .descriptor(announced.writer),
                            stderr: .captured)
                    }
                }
            }
            for announced in announcements { #expect(await announced.wait() == "started\n") }
            let early = ended.value
            group.cancelAll()
            return early
        }
        #expect(endedBeforeAllBegan == 0)
    }

    @Test(
        "A closed slot answers: closing again does nothing, a run is refused",
        .timeLimit(.minutes(1)))
    func closedSlot() async throws {
        let slot = try await SandboxSlot.open(SlotConfiguration(index: 0, helperPath: helperPath))
        await slot.close()
        // Until the slot's thread has ended as well.
        _ = try await withSlot { try await $0.shell("true") }
        await slot.close()
        _ = try await withSlot { try await $0.shell("true") }
        await #expect {
            _ = try await slot.shell("echo ran")
        } throws: { "\($0)" == "the slot is closed" }
    }

    @Test("No cancel is lost, however soon it comes")
    func soonCancellation() async throws {
        var limits = roomy
        limits.wallTime = .seconds(30)
        let request = RunRequest(
            arguments: ["sleep", "3600"], workingDirectory: "/tmp", limits: limits)
        try await withSlot { slot in
            try await slot.resetBox(size: .mebibytes(1))
            for wait in 0..<400 {
                let task = Task {
                    try await slot.run(
                        request, input: .empty, stdout: .captured, stderr: .captured)
                }
                for _ in 0..<wait { await Task.yield() }
                let cancelled = ContinuousClock.now
                task.cancel()
                await #expect(throws: SandboxError.self) { _ = try await task.value }
                #expect(ContinuousClock.now - cancelled < .seconds(20), "after \(wait) turns")
            }
        }
    }

    @Test("Cancelling the task kills the run")
    func cancellation() async throws {
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
            task.cancel()
            await #expect(throws: SandboxError.self) { _ = try await task.value }
            // The slot is as good as new.
            let next = try await slot.shell("echo next")
            #expect(next.text == "next\n")
        }
    }
}
