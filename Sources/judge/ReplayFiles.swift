import Foundation
import Glibc
import JudgeCore
import Judging
import Problems
import SandboxProtocol
import Sandboxing
import Units

/// The directory in which a replay leaves what the run had and wrote.
struct ReplayFiles {
    /// Absolute.
    let directory: String

    /// Makes it here.
    ///
    /// - Throws: a failure for bad input when it exists.
    init(submission: Int64, test: String) throws(CommandFailure) {
        // A test's name is a path, and a package may call it anything that is a file name.
        let name = String(
            test.map { $0.isLetter || $0.isNumber || "._-".contains($0) ? $0 : "-" })
        let path = "replay-\(submission)-\(name.prefix(100))"
        guard mkdir(path, 0o777) == 0 else {
            throw CommandFailure(
                .badInput, "cannot make \(path): \(String(cString: strerror(errno)))")
        }
        directory = URL(filePath: path).absoluteURL.path(percentEncoded: false)
    }

    func write(_ outcome: Replay.Outcome, test: TestCase) throws {
        guard let run = outcome.run else { return }
        for file in run.box {
            var parent = "\(directory)/box"
            try NewFile.makeDirectory(parent)
            for part in file.name.split(separator: "/").dropLast() {
                parent += "/\(part)"
                try NewFile.makeDirectory(parent)
            }
            let path = "\(directory)/box/\(file.name)"
            try NewFile.write(try Self.bytes(file.content), to: path)
            if file.executable { chmod(path, 0o755) }
        }
        try NewFile.write(try Self.bytes(run.input), to: "\(directory)/input")
        if outcome.test != nil {
            try NewFile.write(try Self.bytes(.file(test.answerPath)), to: "\(directory)/answer")
        }
        try NewFile.write(run.result.stdout, to: "\(directory)/output")
        try NewFile.write(run.result.stderr, to: "\(directory)/errors")
        try NewFile.write(
            Array((Self.document(run.request).text + "\n").utf8), to: "\(directory)/request.json")
        try NewFile.write(
            Array((ReportDocument(run.result.report).json.text + "\n").utf8),
            to: "\(directory)/report.json")
    }

    private static func bytes(_ content: RecordedRun.Content) throws -> [UInt8] {
        switch content {
        case .bytes(let bytes): bytes
        case .file(let path): [UInt8](try Data(contentsOf: URL(filePath: path)))
        }
    }

    private static func document(_ request: RunRequest) -> JSON {
        let limits = request.limits
        func texts(_ list: [String]) -> JSON { .array(list.map(JSON.string)) }
        return .object([
            ("arguments", texts(request.arguments)),
            ("environment", texts(request.environment)),
            ("working_directory", .string(request.workingDirectory)),
            ("hostname", .string(request.hostname)),
            ("box_writable", .bool(request.boxWritable)),
            ("extra_syscalls", texts(request.extraSyscalls.map(\.rawValue).sorted())),
            ("cpu_time_us", JSON(limits.cpuTime)), ("wall_time_us", JSON(limits.wallTime)),
            ("memory_bytes", JSON(limits.memory)), ("processes", JSON(limits.processes)),
            ("open_files", JSON(limits.openFiles)), ("file_size_bytes", JSON(limits.fileSize)),
            ("stack_bytes", JSON(limits.stack)), ("tmp_size_bytes", JSON(limits.tmpSize)),
            ("output_bytes", JSON(limits.output)),
        ])
    }
}
