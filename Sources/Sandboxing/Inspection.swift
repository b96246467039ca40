import Glibc
import Linux
package import SandboxProtocol
import Units

/// What can be seen of one thing inside a run and outside of it.
package struct InspectedFact: Sendable, Equatable {
    /// Stable, in the manner of `namespace-user`.
    package var key: String
    package var outside: [String]
    package var inside: [String]
}

/// The world inside a sandbox beside the world outside.
package enum Inspection {
    private static let program = "judge-sandbox"

    /// Looks around in a run, with `limits`, and in this process.
    /// - Parameters:
    ///   - slot: idle; its box is replaced.
    ///   - helper: path of judge-sandbox.
    package static func facts(
        on slot: any Slot, helper: String, limits: RunLimits
    ) async throws(SandboxError) -> [InspectedFact] {
        let inside = try await inside(slot, helper, limits)
        var outside = World.seen()
        // A process with threads cannot find these out; what holds this one holds its child.
        let told = try told(by: helper)
        for key in ["landlock-version", "landlock-layers"] {
            outside.add(key, told.facts.first { $0.key == key }?.values ?? [])
        }
        return pairs(outside, inside)
    }

    private static func inside(
        _ slot: any Slot, _ helper: String, _ limits: RunLimits
    ) async throws(SandboxError) -> World {
        let bytes = try readHelper(helper)
        try await slot.resetBox(size: .mebibytes(256))
        try await slot.put(name: program, bytes: bytes, executable: true)
        let result = try await slot.run(
            RunRequest(
                arguments: ["/box/\(program)", "world"],
                environment: ["PATH=/usr/local/bin:/usr/bin:/bin", "HOME=/tmp", "LANG=C.UTF-8"],
                limits: limits),
            input: .empty, stdout: .captured, stderr: .captured)
        guard result.report.outcome == .exited, result.report.exitCode == 0 else {
            throw SandboxError(
                result.report.reason ?? "looking around in the sandbox ended with "
                    + result.report.outcome.rawValue)
        }
        return World(lines: String(decoding: result.stdout, as: UTF8.self))
    }

    private static func told(by helper: String) throws(SandboxError) -> World {
        switch HelperMode.output(of: helper, ["world"]) {
        case .success(let lines): return World(lines: lines)
        case .failure(let failure): throw SandboxError(failure.text)
        }
    }

    /// The helper program, byte for byte.
    static func readHelper(_ path: String) throws(SandboxError) -> [UInt8] {
        do throws(KernelError) {
            let file = try Descriptor.open(path, O_RDONLY)
            return try readAll(
                file.number, atMost: Int(try fileFacts(file.number, path).size), path)
        } catch {
            throw SandboxError("cannot \(error)")
        }
    }

    /// By keys, in the order of the world outside.
    static func pairs(_ outside: World, _ inside: World) -> [InspectedFact] {
        func values(_ world: World, _ key: String) -> [String] {
            world.facts.first { $0.key == key }?.values ?? []
        }
        let known = outside.facts.map(\.key)
        let keys = known + inside.facts.map(\.key).filter { !known.contains($0) }
        return keys.map {
            InspectedFact(key: $0, outside: values(outside, $0), inside: values(inside, $0))
        }
    }
}
