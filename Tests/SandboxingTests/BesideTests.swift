import Foundation
import Linux
import SandboxProtocol
import Testing
import Units

private let processors = (try? Processors.allowed()) ?? []

/// Where a run leaves a processor idle, the sandbox of the next is made on that while it goes on.
@Suite(
    "Sandboxes that are made while a run goes on", .serialized,
    .enabled(if: processors.count > 1, "there is one processor"))
struct BesideTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var isMade: Bool
        var change: @Sendable (inout RunRequest) -> Void = { _ in }
        /// Whether its output goes into a pipe.
        var isHeard = false
    }

    private static let cases = [
        Case(testDescription: "a run with files", isMade: true),
        Case(
            testDescription: "a run that leaves no processor idle", isMade: false,
            change: { $0.hasSpareProcessor = false }),
        Case(
            testDescription: "a run that may write what the next one is made with", isMade: false,
            change: { $0.boxWritable = true }),
        Case(testDescription: "a run that somebody listens to", isMade: false, isHeard: true),
    ]

    private static let endless = "echo said; exec tail -f /dev/null"

    private static func shell(_ line: String) -> RunRequest {
        RunRequest(
            arguments: ["sh", "-c", line], environment: ["PATH=/usr/bin:/bin"],
            hasSpareProcessor: true,
            limits: RunLimits(
                cpuTime: .seconds(20), wallTime: .seconds(60), memory: .mebibytes(256)))
    }

    private static func start(
        _ request: RunRequest, in helper: RawHelper, output: borrowing Descriptor
    ) throws {
        let input = try Descriptor.memory("input")
        let errors = try Descriptor.memory("errors")
        try helper.send(
            HelperRequest.run(request).encoded(), [input.number, output.number, errors.number])
    }

    private static func report(of helper: RawHelper) throws -> RunReport {
        let bytes = try #require(try helper.answer())
        guard case .report(let report) = try HelperReply(decoding: bytes) else {
            throw KernelError("run", "\(bytes)", errno: EPROTO)
        }
        return report
    }

    /// Stops the run that goes on, of which the helper then thinks that it would have gone on for ever.
    private static func stop(_ helper: RawHelper) throws {
        try helper.send(HelperRequest.cancel.encoded(), [])
        #expect(try report(of: helper).signal == SIGKILL)
    }

    /// Two runs of one shape, and what the helper needs before them.
    private static func warm(_ helper: RawHelper, _ shape: RunRequest) throws {
        try helper.send(HelperRequest.resetBox(size: .mebibytes(1)).encoded(), [])
        #expect(try helper.answer() == HelperReply.done.encoded())
        for _ in 0..<2 {
            try start(shape, in: helper, output: try Descriptor.memory("output"))
            try stop(helper)
        }
    }

    /// Until beside the run that goes on another sandbox waits.
    private static func untilMade(_ helper: RawHelper) async throws {
        let limit = ContinuousClock.now + .seconds(20)
        while AheadTests.processes(of: helper.pid).count < 5 {
            try #require(ContinuousClock.now < limit, "nothing was made")
            await Task.yield()
        }
    }

    private static func allowed(_ process: Int32) throws -> String {
        let status = try readControl("/proc/\(process)/status")
        let line = status.split(separator: "\n").first { $0.hasPrefix("Cpus_allowed_list:") }
        return try #require(line?.split(separator: "\t").last.map { String($0) })
    }

    @Test("It is made where that costs the run nothing", arguments: cases)
    func made(_ place: Case) async throws {
        let cpu = processors[0]
        let helper = try RawHelper(cpu: cpu)
        var request = Self.shell(Self.endless)
        place.change(&request)
        try Self.warm(helper, request)
        let ends = try Descriptor.pipe()
        let near = Descriptor(owning: ends.read)
        let far = Descriptor(owning: ends.write)
        let file = try Descriptor.memory("output")
        try Self.start(
            request, in: helper,
            output: place.isHeard ? try .duplicate(far.number) : try .duplicate(file.number))
        // The helper begins with it before it hears the program, and it shows at once.
        let limit = ContinuousClock.now + .seconds(20)
        var interest = pollfd(fd: near.number, events: Int16(POLLIN), revents: 0)
        while try place.isHeard
            ? poll(&interest, 1, 0) == 0 : fileFacts(file.number, "output").size == 0
        {
            try #require(ContinuousClock.now < limit, "the program says nothing")
            await Task.yield()
        }
        if place.isMade { try await Self.untilMade(helper) }
        // Of the run: its init, and the program.
        let processes = AheadTests.processes(of: helper.pid).dropFirst()
        #expect(processes.count == (place.isMade ? 4 : 2))
        let places = try processes.map { try Self.allowed($0) }
        #expect(places.filter { $0 == "\(cpu)" }.count == 2, "\(places)")
        try Self.stop(helper)
    }

    @Test("What waits is out of the reach of the run that goes on")
    func apart() async throws {
        let helper = try RawHelper(cpu: processors[0])
        try Self.warm(helper, Self.shell(Self.endless))
        let line = ": >/tmp/left; : >/dev/shm/left; while :; do kill -9 -1; echo again; done"
        for _ in 0..<3 {
            let file = try Descriptor.memory("output")
            try Self.start(Self.shell(line), in: helper, output: try .duplicate(file.number))
            try await Self.untilMade(helper)
            // The shell starts nobody: the last two are an init and its child.
            let waiting = Set(AheadTests.processes(of: helper.pid).suffix(2))
            let already = try fileFacts(file.number, "output").size
            let limit = ContinuousClock.now + .seconds(20)
            while try fileFacts(file.number, "output").size < already + 100 {
                try #require(ContinuousClock.now < limit, "the program does nothing")
                await Task.yield()
            }
            #expect(waiting.isSubset(of: AheadTests.processes(of: helper.pid)))
            try Self.stop(helper)
        }
        let file = try Descriptor.memory("output")
        let look = "echo /proc/[0-9]*; ls -A /tmp /dev/shm"
        try Self.start(Self.shell(look), in: helper, output: try .duplicate(file.number))
        #expect(try Self.report(of: helper).exitCode == 0)
        let said = try readAll(file.number, atMost: 1000, "output")
        // The shell alone; init is not to be seen.
        #expect(String(decoding: said, as: UTF8.self) == "/proc/2\n/dev/shm:\n\n/tmp:\n")
    }

    @Test("Its run is bound to the slot's processor")
    func bound() async throws {
        let cpu = processors[0]
        let helper = try RawHelper(cpu: cpu)
        try Self.warm(helper, Self.shell(Self.endless))
        let line = "grep Cpus_allowed_list /proc/self/status | cut -f 2"
        for _ in 0..<5 {
            for _ in 0..<2 {
                try Self.start(
                    Self.shell(Self.endless), in: helper, output: try Descriptor.memory("output"))
                try Self.stop(helper)
            }
            try Self.start(
                Self.shell(Self.endless), in: helper, output: try Descriptor.memory("output"))
            try await Self.untilMade(helper)
            try Self.stop(helper)
            let file = try Descriptor.memory("output")
            try Self.start(Self.shell(line), in: helper, output: try .duplicate(file.number))
            let report = try Self.report(of: helper)
            #expect(report.exitCode == 0, "\(report)")
            // On one processor no more can be used than passes.
            #expect(report.cpuTime <= report.wallTime + .milliseconds(1), "\(report)")
            let said = try readAll(file.number, atMost: 100, "output")
            #expect(String(decoding: said, as: UTF8.self) == "\(cpu)\n")
        }
    }
}
