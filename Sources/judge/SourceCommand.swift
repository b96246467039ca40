import ArgumentParser
import Foundation
import JudgeCore
import Store

struct SourceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "source",
        abstract: "Gives the submitted files back, byte for byte.",
        discussion: """
            A submission of one file goes to standard output; for more, name a directory. Files \
            that exist are never overwritten. JSON holds the contents in base 64.

              judge source 42 > main.cpp
              judge source 42 --output submission-42
            """)

    @Argument(help: "Id that judge submit printed.")
    var id: SubmissionID

    @Option(help: ArgumentHelp("Directory for the files; made if needed.", valueName: "dir"))
    var output: String?

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var surroundings: Surroundings

    func validate() throws {
        guard !json || output == nil else {
            throw ValidationError("--json prints, --output writes files; choose one")
        }
    }

    func run() async throws {
        let store = try await surroundings.store(try surroundings.settings(), .read)
        let submission = try await store.submission(id.value)
        try await store.close()
        if json {
            try StandardStreams.write(Self.document(submission).text + "\n")
        } else if let output {
            try Self.write(submission.files, to: output)
        } else if let file = submission.files.first, submission.files.count == 1 {
            try StandardStreams.write(file.bytes)
        } else {
            let names = submission.files.map(\.name).joined(separator: ", ")
            throw CommandFailure(
                .badInput,
                "submission \(id.value) has \(submission.files.count) files (\(names)); "
                    + "name a directory for them with --output")
        }
    }

    private static func document(_ submission: Submission) -> JSON {
        .object([
            ("submission", JSON(submission.id)), ("problem", .string(submission.problem)),
            ("language", .string(submission.language)), ("user", JSON(submission.user)),
            ("entry_point", JSON(submission.entryPoint)),
            ("submitted_at", JSON(submission.submittedAt)),
            (
                "files",
                .array(
                    submission.files.map { file in
                        .object([
                            ("name", .string(file.name)), ("size_bytes", JSON(file.bytes.count)),
                            ("base64", .string(Data(file.bytes).base64EncodedString())),
                        ])
                    })
            ),
        ])
    }

    private static func write(_ files: [SourceFile], to directory: String) throws {
        try NewFile.makeDirectory(directory)
        for file in files {
            // The name comes from the database, which others may have written.
            guard SourceFile.isValid(name: file.name) else {
                throw CommandFailure(
                    .broken, "cannot write \"\(file.name)\": it is not a plain file name")
            }
            try NewFile.write(file.bytes, to: "\(directory)/\(file.name)")
        }
    }
}
