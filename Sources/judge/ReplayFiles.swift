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

    /// Names it, here; it is made when there is something to write, so that a replay that fails leaves
    /// none.
    ///
    /// - Throws: a failure for bad input when it exists.
    init(submission: Int64, test: String) throws(CommandFailure) {
        // A test's name is a path, and a package may call it anything that is a file name.
        let name = String(
            test.map { $0.isLetter || $0.isNumber || "._-".contains($0) ? $0 : "-" })
        let path = "replay-\(submission)-\(name.prefix(100))"
        guard access(path, F_OK) != 0 else {
            throw CommandFailure(
                .badInput, "cannot make \(path): \(String(cString: strerror(EEXIST)))")
        }
        directory = URL(filePath: path).absoluteURL.path(percentEncoded: false)
    }

    /// Makes it, closed to others: answers are in it.
    func write(_ outcome: Replay.Outcome, test: TestCase) throws {
        try NewFile.makeOwnDirectory(directory)
        if outcome.test != nil {
            try NewFile.write(try Self.bytes(.file(test.answerPath)), to: "\(directory)/answer")
        }
        if let submitted = outcome.submitted {
            try NewFile.write(submitted, to: "\(directory)/submitted")
        }
        // The compiler's, where there is no other.
        let runs = outcome.programs.isEmpty ? outcome.run.map { [$0] } ?? [] : outcome.programs
        let programs = Set(runs.map(\.program)).count
        for run in runs {
            var folder = directory
            if outcome.passes > 1 { folder = try Self.folder(folder, "pass-\(run.pass)") }
            if programs > 1 { folder = try Self.folder(folder, "program-\(run.program)") }
            try Self.write(run, to: folder)
            if outcome.talks.isEmpty {
                try Self.writeStreams(run, to: folder)
            } else if let talk = outcome.talks.dropFirst(run.pass - 1).first ?? nil {
                try Self.write(talk, of: run.program, to: folder)
            }
        }
        for (index, check) in outcome.checks.enumerated() {
            let folder = try Self.folder(directory, "check-\(index + 1)")
            try Self.write(check, to: folder)
            try Self.writeStreams(check, to: folder)
        }
        guard let said = outcome.test?.transcript, !said.lines.isEmpty else { return }
        // A line at a time: there may be millions.
        try NewFile.write(
            said.lines.lazy.map { line in
                let time = TranscriptChoice.seconds(line.time)
                return Array("\(time)  \(line.speaker)  \(Printable.line(line.text))\n".utf8)
            }, to: "\(directory)/transcript")
    }

    private static func folder(_ parent: String, _ name: String) throws -> String {
        let path = "\(parent)/\(name)"
        try NewFile.makeDirectory(path)
        return path
    }

    private static func write(_ run: RecordedRun, to directory: String) throws {
        for file in run.box {
            var parent = "\(directory)/box"
            try NewFile.makeDirectory(parent)
            for part in file.name.split(separator: "/").dropLast() {
                parent += "/\(part)"
                try NewFile.makeDirectory(parent)
            }
            let path = "\(directory)/box/\(file.name)"
            try NewFile.write(try bytes(file.content), to: path)
            if file.executable { chmod(path, 0o755) }
        }
        if run.isWhole { try NewFile.write(run.result.stderr, to: "\(directory)/errors") }
        try NewFile.write(
            Array((document(run.request).text + "\n").utf8), to: "\(directory)/request.json")
        try NewFile.write(
            Array((ReportDocument(run.result.report).json.text + "\n").utf8),
            to: "\(directory)/report.json")
    }

    private static func writeStreams(_ run: RecordedRun, to directory: String) throws {
        guard run.isWhole else { return }
        try NewFile.write(try bytes(run.input), to: "\(directory)/input")
        try NewFile.write(run.result.stdout, to: "\(directory)/output")
    }

    /// What a program was told and what it said.
    private static func write(
        _ talk: ConversationRecord, of program: Int, to directory: String
    ) throws {
        for (name, isFromInteractor) in [("input", true), ("output", false)] {
            let said = (talk.head + talk.tail).filter {
                $0.program == program && $0.isFromInteractor == isFromInteractor
            }
            try NewFile.write(said.flatMap(\.bytes), to: "\(directory)/\(name)")
        }
        guard talk.leftOut > 0 else { return }
        try NewFile.write(
            Array(
                "\(talk.leftOut) bytes of the conversation are left out in the middle of input and output\n"
                    .utf8), to: "\(directory)/left-out")
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
