import Glibc
import JudgeCore
import Problems
import SandboxProtocol
import Sandboxing
import Units

/// A testlib checker, asked as `checker input output answer`.
///
/// It runs in the slot's companion, whose box the submission never sees. The three files lie in a
/// folder that is replaced for each test; it may write below `/tmp` alone.
struct TestlibChecker: Checker {
    // A name that no file of a package can have.
    private static let data = ".data"

    let settings: JudgingSettings
    let problem: Problem
    let checker: Validator

    func prepare(_ slot: any Slot) async throws(JudgingError) {
        let companion = try await companion(of: slot)
        try await sandboxed { () async throws(SandboxError) in
            try await companion.resetBox(size: settings.boxSize)
            // Made before anything of the package's is there that could stand in its place.
            try await companion.resetFolder(
                name: Self.data, size: ByteCount(tmpfsPage), writable: false)
            for file in checker.program.files {
                try await companion.put(
                    name: file.name, bytes: file.bytes, executable: file.executable)
            }
        }
    }

    func check(
        _ output: [UInt8], of test: TestCase, on slot: any Slot
    ) async throws(JudgingError) -> Opinion {
        let companion = try await companion(of: slot)
        let size =
            try sizeOnTmpfs(ofFile: test.inputPath) + sizeOnTmpfs(ofFile: test.answerPath)
            + sizeOnTmpfs(Int64(output.count)) + tmpfsPage
        let names = ["input.txt", "output.txt", "answer.txt"].map { "\(Self.data)/\($0)" }
        let request = checker.program.request(
            names.map { "/box/" + $0 }, fileSize: settings.fileSize, settings: settings,
            limits: problem.limits)
        let run = try await sandboxed { () async throws(SandboxError) in
            try await companion.resetFolder(
                name: Self.data, size: ByteCount(size), writable: false)
            try await companion.put(name: names[0], file: test.inputPath)
            try await companion.put(name: names[1], bytes: output, executable: false)
            try await companion.put(name: names[2], file: test.answerPath)
            return try await companion.run(
                request, input: .empty, stdout: .captured, stderr: .captured)
        }
        return try TestlibRule.opinion(
            run.report, of: "the checker \(checker.path)",
            isOwnProgram: request.arguments[0].hasPrefix("/box/"), limits: request.limits,
            stderr: run.stderr, points: test.points, isScoring: problem.kind.objective != nil,
            kept: settings.checkerMessageKept)
    }

    private func companion(of slot: any Slot) async throws(JudgingError) -> any Slot {
        try await sandboxed { () async throws(SandboxError) in try await slot.companion() }
    }
}
