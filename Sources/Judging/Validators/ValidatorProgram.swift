import Problems
import SandboxProtocol
import Sandboxing
import Units

/// A program of the package that judges, as it is put into a box and called there.
struct ValidatorProgram: Sendable {
    /// What `/box` holds; empty when `archive` is there.
    var files: [ProgramFile]
    /// What a build script left, packed and unpacked by tar in the sandbox alone.
    var archive: [UInt8]?
    var command: [String]
    var environment: [String]
    var extraSyscalls: Set<ExtraSyscalls> = []
    var processes: Int
    /// What its language needs; nil: as all have.
    var openFiles: Int?

    var size: Int64 {
        files.reduce(Int64(archive?.count ?? 0)) { $0 + Int64($1.bytes.count) }
    }

    /// Puts it into a box that holds nothing of its names.
    /// - Throws: `machine`, `cancelled`.
    func put(
        into companion: any Slot, settings: JudgingSettings, limits: ProblemLimits
    ) async throws(JudgingError) {
        try await sandboxed { () async throws(SandboxError) in
            for file in files {
                try await companion.put(
                    name: file.name, bytes: file.bytes, executable: file.executable)
            }
        }
        guard let archive else { return }
        let request = Compiler(settings: settings).request(
            ["tar", "-x", "-f", "-", "-C", "/box"], environment: settings.environment,
            limits: limits)
        let run = try await sandboxed { () async throws(SandboxError) in
            try await companion.run(
                request, input: .bytes(archive), stdout: .captured, stderr: .captured)
        }
        guard run.report.exitCode == 0 else {
            throw .machine(
                "cannot unpack a program of the package: tar \(endText(run.report)): "
                    + checkerText(run.stderr, atMost: ByteCount(300)))
        }
    }

    /// A run of it under the limits of validators, in a box that it cannot change.
    ///
    /// - Parameters:
    ///   - fileSize: of any one file that it writes.
    func request(
        _ arguments: [String], in directory: String = "/box", fileSize: ByteCount,
        settings: JudgingSettings, limits: ProblemLimits
    ) -> RunRequest {
        RunRequest(
            arguments: command + arguments, environment: environment,
            workingDirectory: directory, network: .none, extraSyscalls: extraSyscalls,
            limits: RunLimits(
                cpuTime: limits.validationTime,
                wallTime: settings.wallLimit(for: limits.validationTime),
                memory: limits.validationMemory, processes: processes,
                openFiles: openFiles ?? settings.openFiles, fileSize: fileSize,
                tmpSize: settings.tmpSize,
                output: limits.validationOutput))
    }
}
