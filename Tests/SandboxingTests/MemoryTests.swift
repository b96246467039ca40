import Foundation
import Linux
import SandboxProtocol
import Sandboxing
import Testing
import Units

@Suite("Memory", .serialized)
struct MemoryTests {
    private static let ways = [
        "heap", "static", "stack", "mmap", "mremap", "threads", "child", "memfd", "tmp", "shm",
        "sysv", "tables", "pipes", "sockets",
    ]

    /// 64 MiB of memory; for kinds that other limits keep small, less.
    private static func limits(_ way: String) -> RunLimits {
        let memory: ByteCount =
            ["pipes", "sockets", "tables"].contains(way) ? .mebibytes(16) : .mebibytes(64)
        var limits = RunLimits(cpuTime: .seconds(20), wallTime: .seconds(60), memory: memory)
        limits.tmpSize = .mebibytes(256)
        limits.openFiles = 1024
        limits.processes = 128
        return limits
    }

    @Test("Memory beyond the limit ends the run, however it is taken", arguments: ways)
    func over(way: String) async throws {
        let limits = Self.limits(way)
        let report = try await withSlot {
            try await $0.run(
                program: "hog", [way, "\(limits.memory.bytes >> 19)"], limits: limits
            ).report
        }
        #expect(report.outcome == .memory, "\(report)")
        // v1 kills one; v2 all, of which the last may be gone by itself.
        let most = way == "child" && report.signal == 9 ? 2 : 1
        #expect((1...most).contains(report.oomKills), "\(report)")
        #expect(report.memoryPeak <= limits.memory)
        #expect(report.memoryPeak.bytes >= limits.memory.bytes / 100 * 93)
        #expect(
            report.reason?.contains("of \(limits.memory), killed by the memory limit") == true)
        let isInFiles = ["tmp", "shm"].contains(way)
        #expect(report.reason?.hasSuffix("of it in /tmp and /dev/shm") == isInFiles, "\(report)")
    }

    @Test("Memory just inside the limit is counted and left alone", arguments: ways)
    func inside(way: String) async throws {
        let limits = Self.limits(way)
        let size = limits.memory.bytes / 10 * 7
        let report = try await withSlot {
            try await $0.run(program: "hog", [way, "\(size >> 20)"], limits: limits).report
        }
        #expect(report.outcome == .exited, "\(report)")
        #expect(report.exitCode == 0, "\(report)")
        #expect(report.memoryPeak.bytes >= size / 10 * 9, "\(report)")
    }

    @Test("The peak of one run does not show in the next")
    func peakIsFresh() async throws {
        let (large, small) = try await withSlot {
            (try await $0.run(program: "hog", ["heap", "50"]), try await $0.run(program: "hello"))
        }
        #expect(large.report.memoryPeak > .mebibytes(50))
        #expect(small.report.memoryPeak < .mebibytes(10))
    }

    @Test("A bad end at the limit is the memory's", arguments: ["6", "11", "5", "-1", "-137"])
    func badEnd(end: String) async throws {
        let (at, below) = try await withSlot { slot in
            let limits = Self.limits("heap")
            return (
                try await slot.run(program: "hog", ["heap", "62", end], limits: limits).report,
                try await slot.run(program: "hog", ["heap", "50", end], limits: limits).report
            )
        }
        #expect(at.outcome == .memory, "\(at)")
        #expect(at.oomKills == 0)
        #expect(at.reason?.hasSuffix("of 64.0 MiB, and ended badly for want of more") == true)
        #expect(below.outcome == (end.hasPrefix("-") ? .exited : .signaled), "\(below)")
        #expect(below.signal == at.signal && below.exitCode == at.exitCode)
    }

    @Test(
        "What a program does to itself is neither memory nor time, however full it is",
        arguments: [9, 24, 25, 15, 14, 2])
    func ownSignal(number: Int32) async throws {
        let report = try await withSlot { slot in
            try await slot.run(
                program: "hog", ["heap", "62", "\(number)"], limits: Self.limits("heap")
            ).report
        }
        #expect(report.outcome == .signaled, "\(report)")
        #expect(report.signal == number)
        #expect(report.memoryPeak > .mebibytes(61))
    }

    @Test("A program that is right at the limit and ends well has done nothing wrong")
    func goodEnd() async throws {
        let report = try await withSlot { slot in
            try await slot.run(program: "hog", ["heap", "62"], limits: Self.limits("heap")).report
        }
        #expect(report.outcome == .exited, "\(report)")
        #expect(report.memoryPeak > .mebibytes(61))
    }

    @Test("The cache of a large file that was read is no evidence of want")
    func fileCache() async throws {
        let path = NSTemporaryDirectory() + "judge-large-\(UUID().uuidString)"
        try Data(count: 48 << 20).write(to: URL(filePath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let file = open(path, O_RDONLY)
        // Out of everybody's cache, so that the run is charged for reading it.
        #expect(fsync(file) == 0 && posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED) == 0)
        close(file)
        let report = try await withSlot(mounts: [FileMount(host: path, inside: "/data")]) { slot in
            try await slot.shell(
                "cat /data >/dev/null; exit 3",
                limits: {
                    var limits = roomy
                    limits.memory = .mebibytes(32)
                    return limits
                }()
            ).report
        }
        #expect(report.outcome == .exited, "\(report)")
        #expect(report.exitCode == 3)
    }

    @Test("A program with more static data than the machine has memory is out of memory")
    func giant() async throws {
        let report = try await withSlot { try await $0.run(program: "giant").report }
        #expect(report.outcome == .memory, "\(report)")
        #expect(report.signal == 11)
        #expect(report.reason?.hasPrefix("its code and static data of ") == true)
    }

    @Test("What a runtime says of an allocation that was refused outright is reported")
    func complaint() async throws {
        let (huge, small) = try await withSlot { slot in
            (
                try await slot.shell("python3 -c 'bytearray(1 << 46)'").report,
                try await slot.shell("python3 -c 'bytearray(1 << 16); raise SystemExit(1)'").report
            )
        }
        #expect(huge.exitCode == 1 && small.exitCode == 1)
        #expect(huge.memoryComplaint == "MemoryError", "\(huge)")
        #expect(small.memoryComplaint == nil)
    }

    @Test("Connections that were refused buffers and then wait are out of memory")
    func connections() async throws {
        let report = try await withSlot { slot in
            var limits = Self.limits("sockets")
            limits.wallTime = .seconds(2)
            return try await slot.run(program: "sockets", ["24", "wait"], limits: limits).report
        }
        #expect(report.outcome == .memory, "\(report)")
    }

    @Test("Connections hold no more than the limit")
    func connectionsHeld() async throws {
        let result = try await withSlot {
            try await $0.run(program: "sockets", ["24"], limits: Self.limits("sockets"))
        }
        let held = Int(result.text.dropLast()) ?? 0
        #expect(held < 32 << 10, "\(result.report)")
        // A socket that gets no more memory waits; it is not what ends the run on every kernel.
        #expect([.exited, .memory].contains(result.report.outcome), "\(result.report)")
    }
}
