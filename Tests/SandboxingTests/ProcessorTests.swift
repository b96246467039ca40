import Foundation
import Linux
import SandboxProtocol
import Sandboxing
import Testing
import Units

@Suite("Processors of slots", .serialized)
struct ProcessorTests {
    private func withOwnSlot<Value: Sendable>(
        _ body: @Sendable (SandboxSlot) async throws -> Value
    ) async throws -> Value {
        let slot = try await SandboxSlot.open(
            SlotConfiguration(index: 0, helperPath: helperPath, ownProcessor: true))
        do {
            let value = try await body(slot)
            await slot.close()
            return value
        } catch {
            await slot.close()
            throw error
        }
    }

    /// Numbers of processors in the form of the kernel: `0-1`, `3`.
    private func processors(_ slot: any Slot) async throws -> String {
        try await slot.resetBox(size: .mebibytes(1))
        return try await slot.run(
            RunRequest(
                arguments: ["sh", "-c", "grep Cpus_allowed_list /proc/self/status | cut -f 2"],
                environment: ["PATH=/usr/bin:/bin"], limits: roomy),
            input: .empty, stdout: .captured, stderr: .captured
        ).text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    @Test("A bound slot's runs have one processor, which a companion shares")
    func one() async throws {
        let allowed = try Processors.allowed()
        try await withOwnSlot { slot in
            let number = try await processors(slot)
            // Somebody else on this machine may have taken all.
            if let number = Int(number) { #expect(allowed.contains(number)) }
            #expect(try await processors(try await slot.companion()) == number)
        }
    }

    @Test("Live slots have different processors; when all are taken a slot has the choice")
    func different() async throws {
        let allowed = try Processors.allowed()
        var slots: [SandboxSlot] = []
        var seen: [String] = []
        var failure: (any Error)?
        do {
            for index in 0...allowed.count {
                let slot = try await SandboxSlot.open(
                    SlotConfiguration(index: index, helperPath: helperPath, ownProcessor: true))
                slots.append(slot)
                seen.append(try await processors(slot))
            }
        } catch { failure = error }
        for slot in slots { await slot.close() }
        if let failure { throw failure }
        let bound = seen.filter { Int($0) != nil }
        if allowed.count > 1 {
            #expect(Set(bound).count == bound.count, "\(seen)")
            #expect(seen.last?.contains { !$0.isNumber } == true, "\(seen)")
        } else {
            #expect(seen == ["\(allowed[0])", "\(allowed[0])"])
        }
    }

    @Test("A processor that a slot has, of this or another process, is not one that is left over")
    func others() async throws {
        let before = try SlotConfiguration.processorsLeft()
        let left = try whileTaken { try SlotConfiguration.processorsLeft() }
        #expect(left == before - 1)
        let after = try SlotConfiguration.processorsLeft()
        #expect(after == before)
        let withOwn = try await withOwnSlot { _ in
            try SlotConfiguration.processorsLeft()
        }
        #expect(withOwn == max(0, before - 1))
        if before > 1 {
            let limit = ContinuousClock.now + .seconds(20)
            try await withOwnSlot { slot in
                // It is looked at once a second.
                while !slot.hasProcessorBeside {
                    try #require(ContinuousClock.now < limit, "no processor is said to be left")
                    await Task.yield()
                }
            }
        }
        // One that is not bound runs on all of them.
        #expect(try await withSlot { !$0.hasProcessorBeside })
    }

    /// Does `body` while one processor is taken as another worker takes it.
    private func whileTaken(_ body: () throws -> Int) throws -> Int? {
        for number in try Processors.allowed() {
            guard let name = try HeldName("judge/processor/\(number)") else { continue }
            let found = try body()
            _ = consume name
            return found
        }
        return nil
    }

    @Test("A program cannot leave its slot's processor")
    func bound() async throws {
        let cpu = try #require(try Processors.allowed().last)
        let result = try await withSlot(cpu: cpu) {
            try await $0.shell(
                "taskset -p 0xffffffff $$ >/dev/null 2>&1; nproc; "
                    + "grep Cpus_allowed_list /proc/self/status | cut -f 2")
        }
        #expect(result.text == "1\n\(cpu)\n")
    }
}
