import Configuration
import Dispatch
import Foundation
import Glibc
import JudgeCore
import Judging
import Problems
import SandboxProtocol
import Sandboxing
import Units

/// What this machine is and has, for being stored with judgements and compared later.
enum MachineRecord {
    private static let versionLimits = RunLimits(
        cpuTime: .seconds(10), memory: .mebibytes(1_024), output: .kibibytes(16))

    /// - Parameters:
    ///   - languages: whose toolchains are asked for their versions, in the sandbox.
    ///   - slot: used by nobody else meanwhile.
    static func machine(
        _ settings: Settings, _ languages: [Language], on slot: any Slot
    ) async -> Machine {
        let helper = (try? Slots.helperPath(settings)) ?? ""
        var machine = Machine(
            host: ProcessInfo.processInfo.hostName, kernel: kernel,
            filterDigest: await waiting { filterDigest(helper: helper) },
            mounts: settings.shown.map { "\($0.host):\($0.inside)" })
        let digests = await digests(of: [ownProgram, helper])
        machine.judgeDigest = digests[ownProgram]
        machine.helperDigest = digests[helper]
        for language in languages {
            machine.toolchains[language.id] = await toolchain(of: language, settings, on: slot)
        }
        return machine
    }

    /// - Parameter slot: used by nobody else meanwhile.
    static func toolchain(
        of language: Language, _ settings: Settings, on slot: any Slot
    ) async -> Toolchain {
        let program = toolchainProgram(language, settings)
        let digests = await digests(of: [program].compactMap(\.self))
        return Toolchain(
            version: await version(of: language, on: slot),
            digest: program.flatMap { digests[$0] })
    }

    /// What is stored of the machine with each judgement, and decides whether what was compiled is taken; without the
    /// toolchains, which are asked when they are first used.
    static func surroundings(
        _ settings: Settings, on slot: any Slot
    ) async -> CompileSurroundings {
        // Before they are digested, so that no change falls between.
        let marks = FileMarks(inputs(settings))
        return CompileSurroundings(
            machine: await machine(settings, [], on: slot),
            system: await digests(of: [packages])[packages], files: marks)
    }

    /// Digest of the file that helpers are started from; nil where it cannot be read.
    static func helperDigest(_ settings: Settings) async -> String? {
        guard let helper = try? Slots.helperPath(settings) else { return nil }
        return await digests(of: [helper])[helper]
    }

    /// Runs what waits for processes on no thread of the cooperative pool: others judge meanwhile.
    private static func waiting<Value: Sendable>(
        _ work: @escaping @Sendable () -> Value
    ) async -> Value {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: work()) }
        }
    }

    /// The list of installed packages of Debian and its like: it changes when libraries and headers do.
    private static let packages = "/var/lib/dpkg/status"

    /// The files of the host that `machine` and `system` digest and that may be replaced while this program
    /// runs.
    static func inputs(_ settings: Settings) -> [String] {
        let helper = try? Slots.helperPath(settings)
        return [packages] + [helper].compactMap(\.self)
            + settings.languages.compactMap { toolchainProgram($0, settings) }
    }

    /// This program as it runs, also when its file has been replaced since.
    private static var ownProgram: String { "/proc/\(getpid())/exe" }

    private static var kernel: String? {
        func text(_ name: String) -> String? {
            guard let text = try? String(contentsOfFile: name, encoding: .utf8) else { return nil }
            return text.trimmingCharacters(in: .whitespacesAndNewlines)
        }
        guard let release = text("/proc/sys/kernel/osrelease") else { return nil }
        return [release, text("/proc/sys/kernel/arch")].compactMap(\.self).joined(separator: " ")
    }

    /// The program that compiles, or runs where nothing is compiled; products are none of the host's.
    private static func toolchainProgram(_ language: Language, _ settings: Settings) -> String? {
        language.hostPrograms.first.map(settings.hostPath)
    }

    /// The first line that is printed, by a program of the host as a run sees it.
    private static func version(of language: Language, on slot: any Slot) async -> String? {
        guard !language.version.isEmpty else { return nil }
        do {
            try await slot.resetBox(size: .mebibytes(1))
            let run = try await slot.run(
                RunRequest(
                    arguments: language.version, environment: ["PATH=/usr/bin:/bin", "HOME=/tmp"],
                    extraSyscalls: Set(language.syscalls.compactMap(ExtraSyscalls.init)),
                    limits: versionLimits),
                input: .empty, stdout: .captured, stderr: .captured)
            guard run.report.outcome == .exited, run.report.exitCode == 0 else { return nil }
            let text = String(decoding: run.stdout + run.stderr, as: UTF8.self)
            return text.split(whereSeparator: \.isNewline).first.map { String($0.prefix(200)) }
        } catch {
            // What cannot be found out is stored as unknown; a slot that is broken tells itself.
            return nil
        }
    }

    private static func filterDigest(helper: String) -> String? {
        guard let rows = try? SyscallTable.read(helper: helper) else { return nil }
        let lines = rows.map { row in
            [
                row.call, row.number.map(String.init) ?? "-", row.group, "\(row.isDefault)",
                row.condition,
            ].joined(separator: "\t") + "\n"
        }
        return digest(fromLine: sum([], input: Data(lines.joined().utf8)))
    }

    /// By path; files that cannot be read are left out.
    private static func digests(of paths: [String]) async -> [String: String] {
        await waiting { digestsNow(of: paths) }
    }

    private static func digestsNow(of paths: [String]) -> [String: String] {
        var digests: [String: String] = [:]
        for path in Set(paths) where !path.isEmpty {
            digests[path] = digest(fromLine: sum(["--", path], input: Data()))
        }
        return digests
    }

    private static func digest(fromLine line: String?) -> String? {
        // A name with a backslash makes sha256sum begin the line with one.
        guard let word = line?.drop(while: { $0 == "\\" }).prefix(64), word.count == 64,
            word.allSatisfy(\.isHexDigit)
        else { return nil }
        return String(word)
    }

    /// What coreutils' sha256sum, which every Debian has, prints of a file or of `input`.
    private static func sum(_ arguments: [String], input: Data) -> String? {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/sha256sum")
        process.arguments = arguments
        let (source, output) = (Pipe(), Pipe())
        process.standardInput = source
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return nil }
        // It reads while we write, and writes one line at its end.
        try? source.fileHandleForWriting.write(contentsOf: input)
        try? source.fileHandleForWriting.close()
        let line = try? output.fileHandleForReading.readToEnd()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { return nil }
        return line.map { String(decoding: $0, as: UTF8.self) }
    }
}
