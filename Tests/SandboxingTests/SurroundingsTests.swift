import Glibc
import Linux
import SandboxProtocol
import Sandboxing
import Testing
import Units

/// What a report says of how a run went beside its time.
@Suite("What disturbed a run", .serialized)
struct SurroundingsTests {
    @Test("Switches and faults are those of the run: a program that does more has so many more")
    func counts() async throws {
        let (few, many, threads) = try await withSlot { slot in
            (
                try await slot.run(program: "counts").report,
                try await slot.run(program: "counts", ["200", "3000"]).report,
                try await slot.run(program: "counts", ["50", "1000", "4"]).report
            )
        }
        for report in [few, many, threads] { #expect(report.exitCode == 0, "\(report)") }
        for (report, switches, pages) in [(few, 0, 0), (many, 200, 3_000), (threads, 200, 4_000)] {
            let (given, touched) = (
                try #require(report.voluntarySwitches), try #require(report.minorFaults)
            )
            #expect((switches..<switches + 100).contains(given), "\(report)")
            #expect((pages + 1..<pages + 1_000).contains(touched), "\(report)")
        }
    }

    @Test("Of a run that was stopped nobody knows them, and of one that was started nowhere")
    func stopped() async throws {
        var limits = roomy
        limits.cpuTime = .milliseconds(100)
        let stopped = try await withSlot { [limits] slot in
            try await slot.run(program: "spin", ["60000"], limits: limits).report
        }
        #expect(stopped.outcome == .cpuTime)
        let absent = try await withSlot { slot in
            try await slot.resetBox(size: .mebibytes(1))
            return try await slot.run(
                RunRequest(arguments: ["/box/none"], limits: roomy), input: .empty,
                stdout: .captured, stderr: .captured
            ).report
        }
        #expect(absent.outcome == .setupFailed)
        // 100 ms are long enough to be watched.
        #expect(stopped.stolenTime != nil)
        #expect(absent.stolenTime == nil && absent.cpuPressure == nil && absent.waitingTime == nil)
        for report in [stopped, absent] {
            #expect(report.voluntarySwitches == nil && report.involuntarySwitches == nil)
            #expect(report.minorFaults == nil && report.majorFaults == nil)
        }
    }

    @Test("A program that was never executed before finds all of itself in memory")
    func firstTouch() async throws {
        try await withSlot { slot in
            // What it shares with others, the C library, has been read from disk then.
            #expect(try await slot.run(program: "hello").report.exitCode == 0)
            let report = try await slot.run(program: "counts", ["0", "1"]).report
            #expect(report.exitCode == 0, "\(report)")
            #expect(report.majorFaults == 0, "\(report)")
        }
    }

    @Test("Accounts of pressure are read as the kernel writes them")
    func pressure() throws {
        let averages = "avg10=48.70 avg60=11.02 avg300=2.39"
        let group = try #require(
            CpuPressure("some \(averages) total=7958034\nfull \(averages) total=6733672"))
        #expect(group.some == 7_958_034_000)
        #expect(group.full == 6_733_672_000)
        // Kernels before 5.13 have one line.
        let machine = try #require(CpuPressure("some \(averages) total=12"))
        #expect(machine.some == 12_000 && machine.full == nil)
        for text in ["", "full \(averages) total=1", "some total=x", "some \(averages)", "some"] {
            #expect(CpuPressure(text) == nil, "\(text)")
        }
    }

    /// Two runs of 300 ms at one time on one processor.
    private func beside(_ arguments: [String]) async throws -> [RunReport] {
        let cpu = try #require(try Processors.allowed().last)
        return try await withThrowingTaskGroup(of: RunReport.self) { group in
            for _ in 0..<2 {
                group.addTask {
                    try await withSlot(cpu: cpu) {
                        try await $0.run(program: "spin", arguments).report
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    @Test("Of two that share a processor it is seen that they had to wait")
    func waiting() async throws {
        let reports = try await beside(["300"])
        #expect(reports.compactMap(\.involuntarySwitches).reduce(0, +) > 0, "\(reports)")
        for report in reports {
            #expect(report.outcome == .exited)
            if let stolen = report.stolenTime {
                #expect(stolen < report.wallTime + .milliseconds(20), "\(report)")
            }
            if let waiting = report.waitingTime {
                #expect(waiting <= report.wallTime + .milliseconds(20), "\(report)")
            }
        }
    }

    @Test(
        "How long two waited that share a processor is told by the account of their groups",
        .enabled(if: hasGroupPressure, "needs cpu.pressure of cgroup v2"))
    func waited() async throws {
        let reports = try await beside(["300"])
        let waiting = try reports.map { try #require($0.waitingTime) }.reduce(.zero, +)
        #expect(waiting > .milliseconds(100), "\(reports)")
    }

    private static let hasGroupPressure =
        hasCgroup2 && access("/proc/pressure/cpu", F_OK) == 0

    @Test("What the run's own threads or processes waited for is not taken for the machine's doing")
    func own() async throws {
        let report = try await withSlot(cpu: try Processors.allowed().last.map { Int($0) }) {
            try await $0.run(program: "spin", ["100", "3"]).report
        }
        #expect(report.outcome == .exited)
        if hasCgroup2 {
            // One of them always ran, but for what others on the machine took.
            if let waiting = report.waitingTime {
                #expect(
                    waiting <= report.wallTime - report.cpuTime + .milliseconds(30), "\(report)")
            }
        } else {
            #expect(report.waitingTime == nil, "\(report)")
        }
    }
}
