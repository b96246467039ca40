import Foundation
import SandboxProtocol
import Sandboxing
import Testing
import Units

extension Arena {
    /// Runs a hostile program in the first slot (and its second half in the second).
    /// - Returns: what came of it.
    func inside(_ attack: Attack, on slot: SandboxSlot, beside other: SandboxSlot) async throws
        -> Attack.Word
    {
        switch (attack.stage, attack.runs) {
        case (.compile, _): return try await compile(attack, on: slot)
        case (_, .once): return try await single(attack, [], on: slot)
        case (_, .leaveThenFind):
            let first = try await single(attack, ["leave"], on: slot)
            guard !first.hasPrefix("through") else { return first }
            return try await single(attack, ["find"], on: slot)
        case (_, .beside):
            return try await pair(attack, slot, other)
        }
    }

    /// Runs it in a sandbox that was made ahead: two runs of its shape with its box go before, and nothing
    /// changes the box. A second half comes in the next such sandbox.
    /// - Returns: what came of it.
    func insideAhead(_ attack: Attack, on slot: SandboxSlot) async throws -> Attack.Word {
        try await prepare(attack, slot)
        var harmless = request(attack, [])
        harmless.arguments = ["/bin/true"]
        for _ in 0..<2 {
            let result = try await slot.run(
                harmless, input: .empty, stdout: .captured, stderr: .captured)
            #expect(result.report.exitCode == 0, "\(result.report)")
        }
        var word = ""
        for half in attack.runs == .leaveThenFind ? [["leave"], ["find"]] : [[]] {
            let result = try await slot.run(
                request(attack, half), input: .bytes(Array("input\n".utf8)), stdout: .captured,
                stderr: .captured)
            word = self.word(of: result)
            if word.hasPrefix("through") { break }
        }
        // What was made ahead for a run that does not come goes with the box.
        try await slot.resetBox(size: .mebibytes(1))
        return word
    }

    private func request(_ attack: Attack, _ arguments: [String]) -> RunRequest {
        RunRequest(
            arguments: attack.command("/box/" + attack.name) + arguments,
            environment: ["PATH=/usr/bin:/bin"] + environment,
            boxWritable: attack.stage == .product || attack.stage == .put, limits: attack.limits)
    }

    private func prepare(_ attack: Attack, _ slot: SandboxSlot) async throws {
        try await slot.resetBox(size: .mebibytes(64))
        let bytes = try #require(programs[attack])
        try await slot.put(name: attack.name, bytes: bytes, executable: true)
    }

    private func single(
        _ attack: Attack, _ arguments: [String], on slot: SandboxSlot
    ) async throws -> Attack.Word {
        try await prepare(attack, slot)
        let result = try await slot.run(
            request(attack, arguments), input: .bytes(Array("input\n".utf8)), stdout: .captured,
            stderr: .captured)
        let word = self.word(of: result)
        guard word == "held" else { return word }
        switch attack.stage {
        case .product: return try await take(attack, slot)
        case .put:
            // Whether it may be written is not the matter: the canaries tell where it went.
            try? await slot.put(
                name: "next", bytes: Array("the host's\n".utf8), executable: true)
            return "held"
        case .run, .compile: return word
        }
    }

    /// In one word or two, what a run did.
    func word(of result: RunResult) -> Attack.Word {
        let text = result.text + "\n" + result.errors
        if let word = seenThrough(text) { return word }
        switch result.report.outcome {
        case .exited:
            let last = result.text.split(separator: "\n").last ?? ""
            return last.hasPrefix("held: ") ? "held" : "exit \(result.report.exitCode ?? -1)"
        case .signaled: return "signal \(result.report.signal ?? -1)"
        case .setupFailed:
            let reason = result.report.reason ?? ""
            return "outcome setup-failed (\(reason))"
        case .cpuTime, .wallTime, .idle, .memory, .output, .processes:
            return "outcome " + result.report.outcome.rawValue
        }
    }

    /// What in the output says that the attack succeeded: its own word, or the secret.
    func seenThrough(_ text: String) -> Attack.Word? {
        if text.contains(bait.secret) { return "through: a canary's secret" }
        let line = text.split(whereSeparator: \.isNewline).first { $0.hasPrefix("through: ") }
        return line.map(String.init)
    }

    /// Takes what the program left as the host takes a compiler's product, twice.
    private func take(_ attack: Attack, _ slot: SandboxSlot) async throws -> Attack.Word {
        var word = "refused"
        for name in attack.taken {
            let first = try? await slot.take(name: name, atMost: .mebibytes(1))
            let second = try? await slot.take(name: name, atMost: .mebibytes(1))
            guard let first else { continue }
            if first != second { return "through: it changed while it was taken" }
            if let seen = seenThrough(String(decoding: first, as: UTF8.self)) { return seen }
            word = "taken"
        }
        return word
    }

    /// The first half runs until the second is done.
    private func pair(
        _ attack: Attack, _ slot: SandboxSlot, _ other: SandboxSlot
    ) async throws -> Attack.Word {
        try await prepare(attack, slot)
        try await prepare(attack, other)
        let first = request(attack, ["a"])
        let pipe = Pipe()
        let (word, rest) = try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { try? pipe.fileHandleForWriting.close() }
                _ = try? await slot.run(
                    first, input: .empty,
                    stdout: .descriptor(pipe.fileHandleForWriting.fileDescriptor),
                    stderr: .captured)
            }
            let ready = await bytes(of: pipe)
            guard ready.contains("ready\n") else { return ("exit -1", ready) }
            let second = try await other.run(
                request(attack, ["b"]), input: .empty, stdout: .captured, stderr: .captured)
            group.cancelAll()
            try await group.waitForAll()
            let rest = String(
                decoding: pipe.fileHandleForReading.availableData, as: UTF8.self)
            return (self.word(of: second), rest)
        }
        return seenThrough(rest) ?? word
    }

    private func bytes(of pipe: Pipe) async -> String {
        let reader = pipe.fileHandleForReading
        return await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(
                    returning: String(decoding: reader.availableData, as: UTF8.self))
            }
        }
    }

    /// Gives the source to the compiler, as a submission; runs what comes out of it.
    private func compile(_ attack: Attack, on slot: SandboxSlot) async throws -> Attack.Word {
        try await slot.resetBox(size: .mebibytes(64))
        let name = attack.name.hasSuffix(".c") ? "attack.c" : "attack.cpp"
        try await slot.put(name: name, bytes: Array(planted(attack).utf8), executable: false)
        var limits = attack.limits
        limits.processes = 64
        limits.openFiles = 256
        let result = try await slot.run(
            RunRequest(
                arguments: attack.compilerCommand, environment: ["PATH=/usr/bin:/bin"],
                boxWritable: true, limits: limits),
            input: .empty, stdout: .captured, stderr: .captured)
        let word = self.word(of: result)
        guard word == "exit 0" else { return word.hasPrefix("exit ") ? "refused" : word }
        guard let product = try await slot.take(name: "program", atMost: .mebibytes(64)) else {
            return "refused"
        }
        try await slot.resetBox(size: .mebibytes(64))
        try await slot.put(name: "program", bytes: product, executable: true)
        let run = try await slot.run(
            RunRequest(arguments: ["/box/program"], limits: attack.limits), input: .empty,
            stdout: .captured, stderr: .captured)
        return self.word(of: run)
    }

    /// The source with the canary's path in it.
    func planted(_ attack: Attack) -> String {
        attack.source.replacing("@CANARY@", with: bait.variables["CANARY", default: ""])
    }
}
