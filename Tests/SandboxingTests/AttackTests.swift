// Theory of operation. `Attacks/` holds hostile programs, one file each, whose heads say what they
// try and what must come of it. Each is run in one slot while an honest program runs in another;
// then the host is compared with what it was before. Each that is harmless is also run where no
// sandbox is, and must succeed there: a detection that cannot fire is noticed.

import Foundation
import SandboxProtocol
import Sandboxing
import Testing
import Units

@Suite("Attacks", .serialized, .recordingArena)
struct AttackTests {
    @Test("Every hostile program says what it tries and what must come of it")
    func heads() throws {
        let attacks = try Attack.all.get()
        #expect(attacks.count > 100)
        for attack in attacks {
            #expect(attack.cases.contains(String(attack.name.prefix(3))), "\(attack.name)")
        }
    }

    @Test("A hostile program is contained and changes nothing", arguments: Attack.list)
    func inside(attack: Attack) async throws {
        let arena = try #require(Arena.current)
        let before = try HostState.look(identities: arena.identities)
        let word = try await withThrowingTaskGroup(of: String.self) { group in
            if attack.runs != .beside {
                group.addTask {
                    try await arena.honest(on: arena.slots[1])
                    return ""
                }
            }
            let word = try await arena.inside(
                attack, on: arena.slots[0], beside: arena.slots[1])
            try await group.waitForAll()
            return word
        }
        if attack.runs == .beside {
            for slot in arena.slots { try await arena.honest(on: slot) }
        }
        let isContained = try isContained(attack, word, in: arena, since: before)
        try arena.results?.add(attack, got: word, contained: isContained)
    }

    /// Records what is wrong with what came of it.
    private func isContained(
        _ attack: Attack, _ word: String, in arena: Arena, since before: HostState
    ) throws -> Bool {
        let changes = try HostState.look(identities: arena.identities).changes(since: before)
        let harm = arena.bait.harm()
        #expect(attack.allows(word), "\(attack.name) came to: \(word)")
        #expect(changes == [], "\(attack.name)")
        #expect(harm == [], "\(attack.name)")
        if !harm.isEmpty { try arena.bait.plant() }
        return attack.allows(word) && changes.isEmpty && harm.isEmpty
    }

    @Test(
        "In a sandbox that was made ahead a hostile program is contained as well",
        arguments: Attack.list.filter { $0.stage == .run && $0.runs != .beside })
    func ahead(attack: Attack) async throws {
        let arena = try #require(Arena.current)
        let before = try HostState.look(identities: arena.identities)
        let word = try await arena.insideAhead(attack, on: arena.slots[0])
        _ = try isContained(attack, word, in: arena, since: before)
    }

    @Test(
        "Without the sandbox the same program succeeds",
        arguments: Attack.list.filter(\.isTriedOutside))
    func outside(attack: Attack) throws {
        let arena = try #require(Arena.current)
        let text = try arena.outside(attack)
        try arena.bait.plant()
        let succeeded = arena.seenThrough(text) != nil
        try arena.results?.add(attack, succeededOutside: succeeded)
        if !succeeded, !attack.mustSucceedOutside {
            print("\(attack.name): not shown to succeed here: \(text.prefix(200))")
            try Test.cancel("this kernel does not let this user do it: \(text)")
        }
        #expect(succeeded, "\(attack.name) came to: \(text)")
    }
}

extension Arena {
    /// An honest run, which must have its right output.
    func honest(on slot: SandboxSlot) async throws {
        try await slot.resetBox(size: .mebibytes(64))
        try await slot.put(name: "honest", bytes: programs.neighbour, executable: true)
        let result = try await slot.run(
            RunRequest(arguments: ["/box/honest"], limits: roomy), input: .empty,
            stdout: .captured, stderr: .captured)
        #expect(result.report.outcome == .exited, "\(result.report)")
        #expect(result.report.exitCode == 0)
        #expect(result.text == "18034101021688074080\n")
    }
}
