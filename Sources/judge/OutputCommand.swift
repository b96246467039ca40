import ArgumentParser
import Foundation
import Glibc
import JudgeCore
import Store
import Units

struct OutputCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "output",
        abstract: "Shows what is kept of what a submission wrote in its tests.",
        discussion: """
            Without a test it lists what is kept: of which tests and how much, judge.conf says \
            ([outputs]). Into a file or a pipe the bytes go as they were written; a terminal is \
            shown them with everything escaped that it would obey. Where the middle was too long \
            to be kept, a line between head and tail says how much is missing.

              judge output 42
              judge output 42 secret/02
              judge output 42 secret/02 --stream stderr --to errors.txt
            """)

    @Argument(help: "Id that judge submit printed.")
    var id: SubmissionID

    @Argument(help: "Name of a test.")
    var test: String?

    @Option(help: "Which of stdout, stderr and file (judged in place of standard output).")
    var stream: KeptOutput.Stream = .stdout

    @Option(help: ArgumentHelp("File to write it to; must not exist.", valueName: "file"))
    var to: String?

    @Flag(help: "Print JSON; bytes in base 64.")
    var json = false

    @OptionGroup var surroundings: Surroundings

    func validate() throws {
        guard to == nil || (test != nil && !json) else {
            throw ValidationError("--to takes what one test wrote; name the test, without --json")
        }
    }

    func run() async throws {
        let store = try await surroundings.store(try surroundings.settings(), .read)
        guard let test else {
            let kept = try await store.keptOutputs(of: id.value)
            try await store.close()
            return try show(kept)
        }
        let record = try await store.record(of: id.value)
        let output = try await store.keptOutput(of: id.value, test: test, stream: stream)
        try await store.close()
        guard let output else { throw missing(test, record) }
        if json { return try StandardStreams.write(Self.document(test, output).text + "\n") }
        if output.leftOut > 0 {
            StandardStreams.complain(
                "\(output.size.bytes) bytes were written; \(output.leftOut) in the middle "
                    + "are not kept")
        }
        if let to {
            try NewFile.write(Self.bytes(output), to: to)
        } else if isatty(1) == 1 {
            let text = String(decoding: Self.bytes(output), as: UTF8.self)
            try StandardStreams.write(Printable.lines(text).map { $0 + "\n" }.joined())
        } else {
            try StandardStreams.write(Self.bytes(output))
        }
    }

    private static func bytes(_ output: KeptOutput) -> [UInt8] {
        guard output.leftOut > 0 else { return output.head + output.tail }
        return output.head + Array("\n[\(output.leftOut) bytes left out]\n".utf8) + output.tail
    }

    private func missing(_ test: String, _ record: SubmissionRecord) -> CommandFailure {
        let name = Printable.line(test)
        guard record.judgement != nil else {
            return CommandFailure(.badInput, "submission \(id.value) is not judged yet")
        }
        let tests = record.judgement?.tests.map(\.name) ?? []
        guard tests.contains(test) else {
            let hint = nearest(to: test, among: tests).map { "; did you mean \($0)?" } ?? ""
            return CommandFailure(
                .badInput, "submission \(id.value) was not run on a test \(name)\(hint)")
        }
        return CommandFailure(
            .badInput,
            "nothing is kept of \(stream.rawValue) of test \(name): it was empty, [outputs] of "
                + "judge.conf did not ask for it, or it was pruned; see judge output \(id.value)")
    }

    private func show(_ kept: [StoredOutput]) throws {
        guard !json else {
            let rows = kept.map { output in
                JSON.object([
                    ("test", .string(output.test)), ("stream", .string(output.stream.rawValue)),
                    ("size_bytes", JSON(output.size)), ("kept_bytes", JSON(output.kept)),
                    ("stored_bytes", JSON(output.stored)),
                ])
            }
            let document = JSON.object([("submission", JSON(id.value)), ("outputs", .array(rows))])
            return try StandardStreams.write(document.text + "\n")
        }
        var table = TextTable([
            ("test", .left), ("stream", .left), ("written", .right), ("kept", .right),
            ("stored", .right),
        ])
        for output in kept {
            table.add([
                output.test, output.stream.rawValue, output.size.description,
                output.kept.description, output.stored.description,
            ])
        }
        try StandardStreams.write(table.lines.joined(separator: "\n") + "\n")
    }

    private static func document(_ test: String, _ output: KeptOutput) -> JSON {
        .object([
            ("test", .string(test)), ("stream", .string(output.stream.rawValue)),
            ("size_bytes", JSON(output.size)), ("left_out_bytes", JSON(output.leftOut)),
            ("head_base64", .string(Data(output.head).base64EncodedString())),
            ("tail_base64", .string(Data(output.tail).base64EncodedString())),
        ])
    }
}

extension KeptOutput.Stream: ExpressibleByArgument {}
