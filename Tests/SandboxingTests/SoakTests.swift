// Theory of operation. A leak of one descriptor, page or group in a thousand runs shows in no single
// test. Here random hostile programs run in random order in two slots at one time; afterwards nothing
// may be more than it was after each had run once. The default is a share of the whole, which
// JUDGE_SOAK_RUNS=20000 asks for; the seed is printed, and JUDGE_SOAK_SEED repeats it.

import Foundation
import Linux
import SandboxProtocol
import Sandboxing
import Synchronization
import Testing
import Units

@Suite("Soak", .serialized, .arena)
struct SoakTests {
    @Test("Random hostile programs in random order leave nothing, and every one is contained")
    func soak() async throws {
        let arena = try #require(Arena.current)
        let attacks = try Attack.all.get().filter(\.isQuick)
        #expect(attacks.count > 80)
        let runs = setting("JUDGE_SOAK_RUNS") ?? 400
        let seed = setting("JUDGE_SOAK_SEED") ?? Int.random(in: 1...1_000_000)
        // What is made once, whenever it is first needed, is no leak.
        for slot in arena.slots {
            for attack in attacks {
                _ = try await arena.inside(attack, on: slot, beside: slot)
            }
        }
        let before = try await Footprint.settled(arena)
        let clock = ContinuousClock()
        let start = clock.now
        let faults = Faults()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, slot) in arena.slots.enumerated() {
                group.addTask {
                    var dice = Dice(seed: UInt64(seed) &* 2 &+ UInt64(index))
                    for _ in 0..<(runs / arena.slots.count) {
                        let attack = attacks[Int.random(in: attacks.indices, using: &dice)]
                        let word = try await arena.inside(attack, on: slot, beside: slot)
                        if !attack.allows(word) { faults.add("\(attack.name) came to: \(word)") }
                    }
                }
            }
            try await group.waitForAll()
        }
        let after = try await Footprint.settled(arena)
        print(
            "soak: \(runs) runs of \(attacks.count) programs, seed \(seed), \(clock.now - start): "
                + after.compared(with: before))
        #expect(faults.list == [], "seed \(seed)")
        #expect(after.state.changes(since: before.state) == [])
        #expect(arena.bait.harm() == [])
        // Fewer there may be: what an earlier suite held is closed whenever its last task ends.
        #expect(after.descriptors.count == before.descriptors.count)
        for (after, before) in zip(after.descriptors, before.descriptors) {
            #expect(after.filter { $0.value > before[$0.key, default: 0] } == [:], "of \(before)")
        }
        // Equal but for what the allocator keeps: no growth by the run.
        #expect(after.helperMemory - before.helperMemory < 1024)
        // Of the whole machine, where others work, too: far below what a page a run would be.
        #expect(after.slab - before.slab < 96 << 10)
        #expect(after.groups - before.groups < 200 + runs / 20)
        for slot in arena.slots { try await arena.honest(on: slot) }
    }

    private func setting(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
    }
}

/// What must not grow.
private struct Footprint {
    let state: HostState
    /// Of this process and of the helpers, in the order of their numbers: how many of each kind.
    let descriptors: [[String: Int]]
    /// Resident, of all helpers together, in KiB.
    let helperMemory: Int
    let largestHelper: Int
    /// What the kernel holds in slabs that it cannot give back, in KiB.
    let slab: Int
    /// Control groups of the memory controller, those included that the kernel has not let go of.
    let groups: Int

    /// When the helpers have nothing to do and have let go of what comes back with the next run.
    static func settled(_ arena: Arena) async throws -> Footprint {
        // Answered when a helper has nothing else to do.
        for slot in arena.slots { try await slot.drop(name: "nothing") }
        let limit = ContinuousClock.now + .seconds(60)
        while true {
            let footprint = try Footprint(arena)
            if footprint.largestHelper * 1024 < 4_000_000 { return footprint }
            try #require(
                ContinuousClock.now < limit, "a helper keeps \(footprint.largestHelper) KiB")
            await Task.yield()
        }
    }

    private init(_ arena: Arena) throws {
        let state = try HostState.look(identities: arena.identities)
        let helpers = HostState.processes().filter { process in
            process.name == "judge-sandbox"
                && state.processes.contains("\(process.pid) \(process.name)")
        }
        self.state = state
        descriptors = ([Int(getpid())] + helpers.map(\.pid)).map(Self.descriptors)
        helperMemory = helpers.reduce(0) { $0 + $1.memory }
        largestHelper = helpers.map(\.memory).max() ?? 0
        let memory = try readControl("/proc/meminfo").split(separator: "\n")
        slab =
            memory.first { $0.hasPrefix("SUnreclaim:") }?.split(separator: " ").dropFirst().first
            .flatMap { Int($0) } ?? 0
        let controllers = try readControl("/proc/cgroups").split(separator: "\n")
        groups =
            controllers.first { $0.hasPrefix("memory\t") }?.split(separator: "\t").dropFirst(2)
            .first.flatMap { Int($0) } ?? 0
    }

    /// By what they stand for, without numbers: `pipe:[]`, the path of a file or a run's directory.
    private static func descriptors(of pid: Int) -> [String: Int] {
        let directory = "/proc/\(pid)/fd"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        let targets = names.compactMap { name in
            try? FileManager.default.destinationOfSymbolicLink(atPath: directory + "/" + name)
        }
        return targets.reduce(into: [:]) { counts, target in
            counts[target.filter { !$0.isNumber }, default: 0] += 1
        }
    }

    func compared(with before: Footprint) -> String {
        func sums(_ footprint: Footprint) -> [Int] {
            footprint.descriptors.map { $0.values.reduce(0, +) }
        }
        return """
            helpers \(before.helperMemory) -> \(helperMemory) KiB, descriptors \
            \(sums(before)) -> \(sums(self)), processes \(before.state.processes.count) -> \
            \(state.processes.count), mounts \(before.state.mounts.count) -> \(state.mounts.count), \
            slabs of the machine \(before.slab) -> \(slab) KiB, its memory groups \
            \(before.groups) -> \(groups)
            """
    }
}

/// What went otherwise than expected; as much of it as a person reads.
private final class Faults: Sendable {
    private let faults = Mutex<[String]>([])

    var list: [String] { faults.withLock { $0 } }

    func add(_ fault: String) {
        faults.withLock { if $0.count < 20 { $0.append(fault) } }
    }
}

/// SplitMix64: the same runs for the same seed.
private struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var value = state
        value = (value ^ value >> 30) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ value >> 27) &* 0x94d0_49bb_1331_11eb
        return value ^ value >> 31
    }
}
