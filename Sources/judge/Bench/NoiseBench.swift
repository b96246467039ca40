import SandboxProtocol
import Sandboxing
import Units

/// How far apart the times are that this machine states for the same work, alone and with several slots
/// busy at one time.
///
/// The work is a loop of a fixed length over a mebibyte of memory, so that processor and caches have their
/// part in it. What is compared is made by turns: one round is a run alone, two at one time, and so on.
struct NoiseBench {
    /// Beyond it a slot too many disturbs the others.
    static let most = 0.05
    /// About what one run shall take.
    private static let length = Duration.milliseconds(100)
    private static let limits = RunLimits(
        cpuTime: .seconds(60), wallTime: .seconds(600), memory: .mebibytes(64), processes: 8)

    let slots: [any Slot]
    let rounds: Int

    /// What so many slots at one time came to.
    private struct Load {
        var slots: Int
        var cpu = BenchSamples()
        var wall = BenchSamples()
    }

    func figures() async throws -> [BenchFigure] {
        for slot in slots { try await slot.resetBox(size: .mebibytes(1)) }
        let count = try await calibrated()
        for slot in slots { try await put(count, into: slot) }
        var loads = slots.indices.map { Load(slots: $0 + 1) }
        for _ in 0..<rounds {
            for index in loads.indices {
                try Task.checkCancellation()
                for report in try await together(loads[index].slots) {
                    loads[index].cpu.add(report.cpuTime)
                    loads[index].wall.add(report.wallTime)
                }
            }
        }
        return Self.figures(of: loads)
    }

    private static func figures(of loads: [Load]) -> [BenchFigure] {
        guard let alone = loads.first else { return [] }
        var figures: [BenchFigure] = []
        var carried = 0
        for load in loads {
            let noise = load.cpu.distance(from: alone.cpu.median)
            if noise < most && carried == load.slots - 1 { carried = load.slots }
            let plural = load.slots == 1 ? "1 slot" : "\(load.slots) slots"
            figures.append(
                BenchFigure("CPU time, \(plural)", load.cpu, slots: load.slots, noise: noise))
            figures.append(
                BenchFigure(
                    "wall time, \(plural)", load.wall, slots: load.slots,
                    noise: load.wall.distance(from: alone.wall.median)))
        }
        figures.append(BenchFigure("slots whose CPU time stays below 5 %", slots: carried))
        return figures
    }

    /// How often the loop is to turn.
    private func calibrated() async throws -> UInt64 {
        var count: UInt64 = 1 << 20
        guard let slot = slots.first else { return count }
        while true {
            try await put(count, into: slot)
            let time = try await run(on: slot).cpuTime
            try await slot.drop(name: "work")
            guard time < .milliseconds(20), count < 1 << 40 else {
                return max(1, UInt64(Double(count) * (Self.length / time)))
            }
            count *= 4
        }
    }

    private func put(_ count: UInt64, into slot: any Slot) async throws {
        let program = BareProgram.executable(Self.loop + Self.bytes(of: count))
        try await slot.put(name: "work", bytes: program, executable: true)
    }

    private func together(_ count: Int) async throws -> [RunReport] {
        try await withThrowingTaskGroup(of: RunReport.self) { group in
            for slot in slots.prefix(count) { group.addTask { try await run(on: slot) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    private func run(on slot: any Slot) async throws -> RunReport {
        let report = try await slot.run(
            RunRequest(arguments: ["/box/work"], limits: Self.limits), input: .empty,
            stdout: .captured, stderr: .captured
        ).report
        guard report.outcome == .exited, report.exitCode == 0 else {
            throw CommandFailure(
                .unavailable, "the program of this bench ended as \(report.outcome)")
        }
        return report
    }

    private static func bytes(of count: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: count >> UInt64($0 * 8)) }
    }

    /// Turns as often as the eight bytes behind it say, then exits with 0. Each turn makes a number out
    /// of the last one and adds it to a place in a mebibyte of the stack that its upper bits name.
    private static let loop: [UInt8] = {
        #if arch(x86_64)
            return [
                0x48, 0x8B, 0x0D, 0x32, 0, 0, 0,  // mov rcx, [rip + count]
                0xB8, 1, 0, 0, 0,  // mov eax, 1
                0x48, 0x81, 0xEC, 0, 0, 0x20, 0,  // sub rsp, 0x200000
                0x48, 0x69, 0xC0, 0x2D, 0xF4, 0x51, 0x58,  // imul rax, rax, 0x5851F42D
                0x48, 0x05, 0x7F, 0x7B, 0x05, 0x14,  // add rax, 0x14057B7F
                0x48, 0x89, 0xC2, 0x48, 0xC1, 0xEA, 0x2C,  // mov rdx, rax; shr rdx, 44
                0x48, 0x01, 0x04, 0x14,  // add [rsp + rdx], rax
                0x48, 0xFF, 0xC9, 0x75, 0xE3,  // dec rcx; jnz
                0xB8, 60, 0, 0, 0, 0x31, 0xFF, 0x0F, 0x05,  // exit(0)
            ]
        #elseif arch(arm64)
            return [
                0x60, 0x02, 0x00, 0x58,  // ldr x0, count
                0x21, 0x00, 0x80, 0xD2,  // mov x1, #1
                0xA2, 0x85, 0x9E, 0xD2, 0x22, 0x0A, 0xAB, 0xF2,  // mov x2, #0x5851F42D
                0xE3, 0x6F, 0x8F, 0xD2, 0xA3, 0x80, 0xA2, 0xF2,  // mov x3, #0x14057B7F
                0xFF, 0x03, 0x48, 0xD1,  // sub sp, sp, #0x200000
                0xE6, 0x03, 0x00, 0x91,  // mov x6, sp
                0x21, 0x0C, 0x02, 0x9B,  // madd x1, x1, x2, x3
                0x24, 0xFC, 0x6C, 0xD3, 0x84, 0x40, 0x7D, 0x92,  // lsr x4, x1, #44; and x4, x4, #~7
                0xC5, 0x68, 0x64, 0xF8, 0xA5, 0x00, 0x01, 0x8B,  // ldr x5, [x6, x4]; add x5, x5, x1
                0xC5, 0x68, 0x24, 0xF8,  // str x5, [x6, x4]
                0x00, 0x04, 0x00, 0xF1, 0x21, 0xFF, 0xFF, 0x54,  // subs x0, x0, #1; b.ne
                0xA8, 0x0B, 0x80, 0xD2, 0, 0, 0x80, 0xD2, 0x01, 0, 0, 0xD4,  // exit(0)
            ]
        #endif
    }()
}

extension BenchSamples {
    /// How far nine of ten lie from `middle`, as a share of it.
    fileprivate func distance(from middle: Duration) -> Double {
        guard middle > .zero else { return 0 }
        return max(abs(quantile(0.05) / middle - 1), abs(quantile(0.95) / middle - 1))
    }
}

extension BenchFigure {
    /// - Parameter noise: how far nine of ten lie from the median alone.
    fileprivate init(_ name: String, _ samples: BenchSamples, slots: Int, noise: Double) {
        self.init(name, samples)
        self.slots = slots
        ratio = noise
        of = "off the median of 1 slot"
    }

    /// A number of slots that was found.
    fileprivate init(_ name: String, slots: Int) {
        self.init(name, BenchSamples())
        self.slots = slots
        median = nil
        ninetieth = nil
    }
}
