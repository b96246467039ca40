import Foundation
import SandboxProtocol
import Sandboxing
import Testing
import Units

/// Each limit has a program that breaks it and a twin that stays just inside.
@Suite("Limits", .serialized)
struct LimitTests {
    private func limits(_ change: (inout RunLimits) -> Void) -> RunLimits {
        var limits = roomy
        change(&limits)
        return limits
    }

    @Test("A program that burns CPU is stopped within 50 ms of its limit")
    func cpuTime() async throws {
        // The best of a few: a machine that was busy elsewhere says nothing of the judge.
        let least = try await withSlot { slot in
            var least = Duration.seconds(60)
            for _ in 0..<5 where least >= .milliseconds(350) {
                let report = try await slot.run(
                    program: "spin", ["60000"], limits: limits { $0.cpuTime = .milliseconds(300) }
                ).report
                #expect(report.outcome == .cpuTime)
                #expect(report.signal == 9)
                #expect(report.exitCode == nil)
                #expect(report.cpuTime > .milliseconds(300))
                #expect(report.reason?.hasSuffix("of 0.300 s") == true)
                least = min(least, report.cpuTime)
            }
            return least
        }
        #expect(least < .milliseconds(350))
    }

    @Test("A program that burns less CPU than its limit is left alone and charged what it burned")
    func cpuTimeInside() async throws {
        let result = try await withSlot {
            try await $0.run(
                program: "spin", ["250"], limits: limits { $0.cpuTime = .milliseconds(600) })
        }
        #expect(result.report.outcome == .exited)
        // User-mode Linux counts in ticks of 10 ms.
        #expect(result.report.cpuTime >= .milliseconds(225))
        #expect(result.report.userTime + result.report.systemTime == result.report.cpuTime)
    }

    @Test("CPU time is the whole tree's: three processes burn it three times as fast")
    func cpuTimeOfTree() async throws {
        let (over, inside) = try await withSlot { slot in
            let limits = limits { $0.cpuTime = .milliseconds(400) }
            return (
                try await slot.run(program: "spin", ["200", "3"], limits: limits),
                try await slot.run(program: "spin", ["100", "3"], limits: limits)
            )
        }
        #expect(over.report.outcome == .cpuTime)
        #expect(inside.report.outcome == .exited)
        #expect(inside.report.cpuTime >= .milliseconds(250))
    }

    @Test(
        "A program that only waits is stopped at its wall limit and called idle, whatever it did first",
        arguments: [
            "sleep 3600", "i=0; while [ $i -lt 3000 ]; do i=$((i + 1)); done; sleep 3600",
            "kill -STOP $$", "read line <>/tmp/nobody", "sleep 3600 & sleep 3600 & wait",
        ])
    func idle(line: String) async throws {
        // A shell that gets no processor for a second has not yet begun to wait: the best of a few.
        let outcomes = try await withSlot { slot in
            var outcomes: [RunReport] = []
            for wall in [400, 1_600, 6_400] where outcomes.last?.outcome != .idle {
                let line = line.replacing("/tmp/nobody", with: "/tmp/nobody-$$")
                outcomes.append(
                    try await slot.shell(
                        "mkfifo /tmp/nobody-$$; " + line,
                        limits: limits { $0.wallTime = .milliseconds(wall) }
                    ).report)
                #expect(outcomes.last?.signal == 9)
            }
            return outcomes
        }
        let report = try #require(outcomes.last)
        #expect(report.outcome == .idle, "\(report)")
        #expect(report.reason?.contains("waited for the second half") == true)
    }

    @Test("A program that works up to its wall limit is not idle")
    func wallTime() async throws {
        // A machine that gives it no processor for so long says nothing of the judge.
        let reports = try await withSlot { slot in
            var reports: [RunReport] = []
            for wall in [300, 1_200, 4_800] where reports.last?.outcome != .wallTime {
                reports.append(
                    try await slot.run(
                        program: "spin", ["60000"],
                        limits: limits { $0.wallTime = .milliseconds(wall) }
                    ).report)
            }
            return reports
        }
        let report = try #require(reports.last)
        #expect(report.outcome == .wallTime, "\(report)")
        #expect(report.wallTime >= .milliseconds(300))
        #expect(report.reason?.hasSuffix(" s wall time") == true)
    }

    @Test("A program that sleeps less than its wall limit is left alone")
    func wallTimeInside() async throws {
        let result = try await withSlot {
            try await $0.run(
                program: "sleeper", ["200"], limits: limits { $0.wallTime = .seconds(30) })
        }
        #expect(result.report.outcome == .exited)
        #expect(result.report.wallTime >= .milliseconds(200))
    }

    @Test("The size of /tmp is limited by itself")
    func tmpSize() async throws {
        let result = try await withSlot {
            try await $0.run(
                program: "hog", ["tmp", "32"], limits: limits { $0.tmpSize = .mebibytes(16) })
        }
        #expect(result.report.outcome == .exited)
        #expect(result.report.exitCode == 3)
    }

    @Test("A flood of output ends the run at its limit", arguments: ["1", "2"])
    func output(stream: String) async throws {
        let result = try await withSlot {
            try await $0.run(
                program: "flood", [stream, "-1"], limits: limits { $0.output = .mebibytes(1) })
        }
        #expect(result.report.outcome == .output)
        #expect(result.report.outputBytes > .mebibytes(1))
        #expect(max(result.stdout.count, result.stderr.count) == 1 << 20)
    }

    @Test("Output of exactly the limit is let through whole")
    func outputInside() async throws {
        let result = try await withSlot {
            try await $0.run(
                program: "flood", ["1", "1048576"],
                limits: limits { $0.output = .mebibytes(1) })
        }
        #expect(result.report.outcome == .exited)
        #expect(result.stdout.count == 1 << 20)
    }

    @Test(
        "Processes and threads beyond the limit are refused", arguments: ["processes", "threads"])
    func processes(kind: String) async throws {
        let (over, inside) = try await withSlot { slot in
            let limits = limits { $0.processes = 10 }
            return (
                try await slot.run(program: "crowd", [kind, "10"], limits: limits),
                try await slot.run(program: "crowd", [kind, "9"], limits: limits)
            )
        }
        #expect(over.report.outcome == .processes, "\(over.report)")
        #expect(over.report.processLimitHits > 0)
        #expect(inside.report.outcome == .exited)
        #expect(inside.report.exitCode == 0)
    }

    @Test("A file beyond the size limit ends its writer by SIGXFSZ")
    func fileSize() async throws {
        let (over, inside) = try await withSlot { slot in
            let limits = limits { $0.fileSize = .mebibytes(1) }
            return (
                try await slot.run(
                    program: "writer", ["/tmp/file", "1048577"], limits: limits),
                try await slot.run(
                    program: "writer", ["/tmp/file", "1048576"], limits: limits)
            )
        }
        #expect(over.report.outcome == .signaled)
        #expect(over.report.signal == 25)
        #expect(inside.report.exitCode == 0)
    }

    @Test("The stack is as large as asked for, and no larger")
    func stack() async throws {
        let (deep, deeper) = try await withSlot { slot in
            let limits = limits { $0.stack = .mebibytes(128) }
            return (
                try await slot.run(program: "recurse", ["100"], limits: limits),
                try await slot.run(program: "recurse", ["200"], limits: limits)
            )
        }
        #expect(deep.report.exitCode == 0, "\(deep.report)")
        #expect(deeper.report.signal == 11)
    }

    @Test("No more descriptors can be opened than allowed")
    func openFiles() async throws {
        let result = try await withSlot {
            try await $0.shell("ulimit -n", limits: limits { $0.openFiles = 17 })
        }
        #expect(result.text == "17\n")
    }
}
