import Foundation
import Linux
import SandboxProtocol
import Sandboxing
import Synchronization
import Testing
import Units

/// The directory that holds the built executables: the test bundle's own.
let buildDirectory: String = {
    let bundle = Bundle.module.bundleURL.deletingLastPathComponent()
    return bundle.path
}()

let helperPath = buildDirectory + "/judge-sandbox"

/// Whether this is the kernel of Tests/cgroup2/boot.
let isUserModeLinux =
    ((try? readControl("/proc/cpuinfo")) ?? "").contains("User Mode Linux")

/// Whether groups are made on cgroup v2.
let hasCgroup2 = (try? CgroupHierarchy.find())?.version == .v2

/// Whether this process may write to the groups of runs; with a lent range they are the slot's own
/// user's.
let ownsRunGroups = Standing.own != .ownIdentity

/// Lends a slot and closes it, whatever happens.
func withSlot<Value: Sendable>(
    mounts: [FileMount] = [], cpu: Int? = nil,
    _ body: @Sendable (SandboxSlot) async throws -> Value
) async throws -> Value {
    let slot = try await SandboxSlot.open(
        SlotConfiguration(index: 0, helperPath: helperPath, cpu: cpu, mounts: mounts))
    do {
        let value = try await body(slot)
        await slot.close()
        return value
    } catch {
        await slot.close()
        throw error
    }
}

/// Limits that an honest little program never meets.
let roomy = RunLimits(cpuTime: .seconds(10), wallTime: .seconds(30), memory: .mebibytes(256))

extension SandboxSlot {
    /// Runs a program of `Programs/`, compiled once.
    func run(
        program: String, _ arguments: [String] = [], limits: RunLimits = roomy,
        input: RunInput = .empty, boxWritable: Bool = false
    ) async throws -> RunResult {
        let bytes = try await Programs.shared.executable(program)
        try await resetBox(size: .mebibytes(64))
        try await put(name: program, bytes: bytes, executable: true)
        return try await run(
            RunRequest(
                arguments: ["/box/\(program)"] + arguments,
                environment: ["PATH=/usr/bin:/bin"], boxWritable: boxWritable, limits: limits),
            input: input, stdout: .captured, stderr: .captured)
    }

    /// Runs a line of shell.
    func shell(_ line: String, limits: RunLimits = roomy) async throws -> RunResult {
        try await resetBox(size: .mebibytes(64))
        return try await run(
            RunRequest(
                arguments: ["/bin/sh", "-c", line], environment: ["PATH=/usr/bin:/bin"],
                limits: limits),
            input: .empty, stdout: .captured, stderr: .captured)
    }
}

/// A pipe by which a run says that it is under way, so that no test has to guess when.
final class Announcement: Sendable {
    private let reader: FileHandle
    private let file: FileHandle
    let writer: Int32

    init() throws {
        let pipe = Pipe()
        reader = pipe.fileHandleForReading
        file = pipe.fileHandleForWriting
        writer = file.fileDescriptor
    }

    func close() { try? file.close() }

    /// Waits, on a thread of its own, for the first bytes.
    func wait() async -> String {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { [reader] in
                continuation.resume(
                    returning: String(decoding: reader.availableData, as: UTF8.self))
            }
        }
    }
}

/// A number that many tasks increase.
final class Counter: Sendable {
    private let count = Mutex(0)

    var value: Int { count.withLock { $0 } }

    func increase() { count.withLock { $0 += 1 } }
}

extension RunResult {
    var text: String { String(decoding: stdout, as: UTF8.self) }
    var errors: String { String(decoding: stderr, as: UTF8.self) }
}

/// The C programs beside the tests, compiled when first asked for.
actor Programs {
    static let shared = Programs()
    private var compiled: [String: [UInt8]] = [:]

    func executable(_ name: String) throws -> [UInt8] {
        if let bytes = compiled[name] { return bytes }
        let source = try #require(
            Bundle.module.path(forResource: name, ofType: "c", inDirectory: "Programs"))
        let bytes = try CompiledProgram.bytes(of: source, flags: ["-O1", "-pthread"])
        compiled[name] = bytes
        return bytes
    }
}
