import SandboxProtocol
import Testing
import Units

@Suite("Packets between worker and helper")
struct CodingTests {
    private static let limits = RunLimits(
        cpuTime: .milliseconds(1500), wallTime: .seconds(5), memory: .mebibytes(64), processes: 7,
        openFiles: 33, fileSize: .kibibytes(9), stack: .mebibytes(8), tmpSize: .mebibytes(3),
        output: .mebibytes(2))

    static let requests: [HelperRequest] = [
        .setUp(
            HelperSetup(
                standing: .root, identity: 20_007, cpu: 1, cgroup: .v1, readOnly: ["/a", "/b"],
                writable: ["/c", "/d"])),
        .setUp(HelperSetup(standing: .oneIdentity, identity: 0, cpu: nil, cgroup: .v2)),
        .setUp(HelperSetup(standing: .ownIdentity, identity: 1, cpu: nil, cgroup: .v2)), .mapped,
        .resetBox(size: .mebibytes(12)), .put(name: "ö.cpp", executable: true),
        .run(
            RunRequest(
                arguments: ["/box/program", "", "ä"], environment: ["A=1"],
                workingDirectory: "/tmp", hostname: "h", boxWritable: true, network: .none,
                extraSyscalls: [.numa, .diskSpace],
                memoryWords: ["no memory", "Speicher"], hasSpareProcessor: true, limits: limits)),
        .take(name: "program"), .cancel,
        .resetFolder(name: "out", size: .mebibytes(8), writable: true),
        .measureFolder(name: "out"), .drop(name: "out/next"), .setUpLan(LanSetup(mapsItself: true)),
        .setUpLan(LanSetup(mapsItself: false)), .makeLan(nodes: 2), .makeLan(nodes: 16), .dropLan,
        .setUp(
            HelperSetup(
                standing: .ownIdentity, identity: 7, cpu: nil, cgroup: .v2, joinsLan: true)),
        .run(RunRequest(arguments: ["a"], network: .lan, channels: 40, limits: limits)),
    ]

    private static var report: RunReport {
        var report = RunReport(outcome: .memory)
        report.exitCode = 3
        report.signal = nil
        report.cpuTime = .microseconds(123_456)
        report.userTime = .microseconds(100_000)
        report.systemTime = .microseconds(23_456)
        report.wallTime = .microseconds(200_000)
        report.memoryPeak = .mebibytes(64)
        report.oomKills = 2
        report.processesPeak = nil
        report.processLimitHits = 5
        report.stdoutBytes = ByteCount(11)
        report.stderrBytes = ByteCount(12)
        report.setupTime = .microseconds(900)
        report.voluntarySwitches = 21
        report.involuntarySwitches = 22
        report.minorFaults = 23
        report.majorFaults = 24
        report.stolenTime = .microseconds(10_000)
        report.cpuPressure = .microseconds(31)
        report.waitingTime = .microseconds(32)
        report.startedAt = .microseconds(5_000_000_000)
        report.endedAt = .microseconds(5_000_200_000)
        report.execErrno = 8
        report.memoryComplaint = "MemoryError"
        report.filteredCall = "getpid (i386)"
        report.reason = "peak 64.0 MiB"
        return report
    }

    static let replies: [HelperReply] = [
        .done, .failed("mount /proc: no"), .retired("end the run"), .report(report),
        .report(RunReport(outcome: .exited)),
        .file, .noFile, .size(.kibibytes(12)), .awaitsMap, .namespaces,
    ]

    @Test("Every request is read as it was written", arguments: Self.requests)
    func request(request: HelperRequest) throws {
        #expect(try HelperRequest(decoding: request.encoded()) == request)
    }

    @Test("Every reply is read as it was written", arguments: Self.replies)
    func reply(reply: HelperReply) throws {
        #expect(try HelperReply(decoding: reply.encoded()) == reply)
    }

    @Test("A packet that is cut short or too long is refused", arguments: Self.requests)
    func wrongLengths(request: HelperRequest) {
        let bytes = request.encoded()
        for length in 0..<bytes.count {
            #expect(throws: WireError.self) {
                _ = try HelperRequest(decoding: Array(bytes.prefix(length)))
            }
        }
        #expect(throws: WireError.self) { _ = try HelperRequest(decoding: bytes + [0]) }
    }

    @Test("A false length makes no large list")
    func falseLength() {
        // A run whose argument list claims four thousand million texts.
        let bytes: [UInt8] = [4, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]
        #expect(throws: WireError.self) { _ = try HelperRequest(decoding: bytes) }
    }

    @Test("Changed bytes are refused or mean something else, and never end the reader")
    func changedBytes() {
        var random = SystemRandomNumberGenerator()
        var refused = 0
        for request in Self.requests {
            for _ in 0..<2_000 {
                var bytes = request.encoded()
                let place = Int.random(in: 0..<bytes.count, using: &random)
                bytes[place] = UInt8.random(in: 0...255, using: &random)
                do throws(WireError) {
                    _ = try HelperRequest(decoding: bytes)
                } catch {
                    refused += 1
                }
            }
        }
        #expect(refused > 1_000)
    }

    @Test("A class of system calls that does not exist is refused")
    func unknownSyscalls() {
        let request = HelperRequest.run(
            RunRequest(arguments: ["/a"], extraSyscalls: [.numa], limits: Self.limits))
        let changed = String(decoding: request.encoded(), as: UTF8.self).replacing(
            "numa", with: "nume")
        #expect(throws: WireError("an unknown class of system calls nume")) {
            _ = try HelperRequest(decoding: Array(changed.utf8))
        }
    }

    @Test("A limit of zero, a text with NUL and another version are refused")
    func wrongValues() {
        var limits = Self.limits
        limits.memory = .zero
        let zero = HelperRequest.run(RunRequest(arguments: ["/a"], limits: limits))
        #expect(throws: WireError.self) { _ = try HelperRequest(decoding: zero.encoded()) }
        let nul = HelperRequest.take(name: "a\0b")
        #expect(throws: WireError.self) { _ = try HelperRequest(decoding: nul.encoded()) }
        var other = Self.requests[0].encoded()
        other[1] &+= 1
        #expect(throws: WireError.self) { _ = try HelperRequest(decoding: other) }
    }
}
