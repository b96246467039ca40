import Foundation
import SandboxProtocol
import Sandboxing
import Testing
import Units

@Suite("The attack on the judge's own sandbox", .serialized)
struct SelfAttackTests {
    @Test("Every probe is held in a true slot, and nothing stays on the host")
    func held() async throws {
        let before = try Self.leftOnHost()
        let findings = try await withSlot { slot in
            await SelfAttack.findings(on: [slot], helper: helperPath)
        }
        #expect(
            findings.map(\.name) == ["sandbox"] + SandboxProbe.all.map { "probe-\($0.name)" })
        for finding in findings { #expect(finding.level == .pass, "\(finding.sentence)") }
        #expect(try Self.leftOnHost() == before)
    }

    @Test("A hole in a true slot is found, and it alone")
    func hole() async throws {
        let system = NSTemporaryDirectory() + "judge-system-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: system + "/kernel", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: system) }
        let mounts = [FileMount(host: system, inside: "/sys")]
        let findings = try await withSlot(mounts: mounts) { slot in
            await SelfAttack.findings(on: [slot], helper: helperPath)
        }
        let failures = findings.filter { $0.level == .fail }
        #expect(failures.map(\.name) == ["probe-kernel-files"])
        #expect(failures.first?.found == "/sys/kernel is there")
        #expect(failures.first?.mend != nil)
    }

    @Test("What gets through in any slot fails, by its name", arguments: SandboxProbe.all)
    func through(probe: SandboxProbe) async {
        let good = AnsweringSlot()
        let bad = AnsweringSlot(answers: [probe.name: "through: it got out"])
        let findings = await SelfAttack.findings(on: [good, bad], helper: helperPath)
        let failed = findings.filter { $0.level == .fail }.map(\.sentence)
        #expect(failed.count == 1, "\(failed)")
        #expect(
            failed.first?.hasPrefix("probe-\(probe.name): slot 1: it got out; ") == true,
            "\(failed)")
    }

    @Test("No clear answer counts as through", arguments: SandboxProbe.all)
    func silent(probe: SandboxProbe) async {
        for answer in [nil, "", "hold: not the word"] {
            let slot = AnsweringSlot(answers: [probe.name: answer], endings: [:])
            let findings = await SelfAttack.findings(on: [slot], helper: helperPath)
            #expect(
                findings.first { $0.name == "probe-\(probe.name)" }?.level == .fail, "\(probe.name)"
            )
        }
    }

    @Test("A sandbox that cannot be set up is one failure that names the step")
    func impossible() async {
        let slot = AnsweringSlot(setupFails: "mount /proc: operation not permitted")
        let findings = await SelfAttack.findings(on: [slot], helper: helperPath)
        #expect(findings.map(\.name) == ["sandbox"])
        #expect(findings.first?.level == .fail)
        #expect(findings.first?.found == "mount /proc: operation not permitted")
        let missing = await SelfAttack.findings(on: [slot], helper: "/no/such/helper")
        #expect(missing.map(\.level) == [.fail])
    }

    @Test("Many slots are attacked, but few at one time")
    func many() async {
        let busy = Busy()
        let slots = (0..<30).map { _ in AnsweringSlot(busy: busy) }
        let findings = await SelfAttack.findings(on: slots, helper: helperPath)
        let failed = findings.filter { $0.level != .pass }.map(\.sentence)
        #expect(failed.isEmpty, "\(failed)")
        let runs = await (busy.runs, busy.most)
        #expect(runs.0 == 30 * 6)
        #expect((1...8).contains(runs.1))
    }

    private static func leftOnHost() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "/tmp")
            .filter {
                $0.hasPrefix("judge-canary-\(getpid())-") || $0.hasPrefix("judge-left-\(getpid())-")
            }.sorted()
    }
}

/// How many slots run something at one time.
private actor Busy {
    private(set) var runs = 0
    private(set) var most = 0
    private var now = 0

    func begin() {
        runs += 1
        now += 1
        most = max(most, now)
    }

    func end() { now -= 1 }
}

/// A slot in which nothing runs: probes answer as the test says, and otherwise well.
private actor AnsweringSlot: Slot {
    private let answers: [String: String?]
    private let endings: [String: RunOutcome]
    private let setupFails: String?
    private let busy: Busy?

    init(
        answers: [String: String?] = [:],
        endings: [String: RunOutcome] = [
            "memory": .memory, "cpu-time": .cpuTime, "wall-time": .idle, "output": .output,
        ], setupFails: String? = nil, busy: Busy? = nil
    ) {
        self.answers = answers
        self.endings = endings
        self.setupFails = setupFails
        self.busy = busy
    }

    func resetBox(size: ByteCount) {}
    func resetFolder(name: String, size: ByteCount, writable: Bool) {}
    func measureFolder(name: String) -> ByteCount { .zero }
    func put(name: String, bytes: [UInt8], executable: Bool) {}
    func put(name: String, file path: String) {}
    func drop(name: String) {}
    func watch() throws(SandboxError) -> RunWatch { throw SandboxError("nothing runs here") }
    func companion() -> any Slot { self }
    func crew(of count: Int, onLan: Bool) -> [any Slot] { [] }
    func connectCrew() {}
    func disconnectCrew() {}
    func take(name: String, atMost limit: ByteCount) -> [UInt8]? { nil }
    func reopen() {}
    func close() {}

    func run(
        _ request: RunRequest, input: RunInput, stdout: RunOutput, stderr: RunOutput,
        channels: RunChannels
    ) async -> RunResult {
        await busy?.begin()
        await Task.yield()
        await busy?.end()
        let probes = request.arguments.dropFirst(2).filter { !$0.contains("=") }
        var report = RunReport(outcome: .exited)
        if let setupFails {
            report.outcome = .setupFailed
            report.reason = setupFails
        }
        if let ending = probes.compactMap({ endings[$0] }).first { report.outcome = ending }
        let lines = probes.compactMap { probe in
            (answers[probe] ?? "held: as it should").map { "\(probe)\t\($0)\n" }
        }
        return RunResult(report: report, stdout: Array(lines.joined().utf8), stderr: [])
    }
}
