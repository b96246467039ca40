import ArgumentParser
import Configuration
import Foundation
import Sandboxing

struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Says what this machine does, as numbers.",
        discussion: """
            sandbox: runs of a program that does nothing, beside the same started without a sandbox \
            and, where it is installed, by bubblewrap. queue: what storing, claiming and judging \
            one submission costs in a database of its own, beside the judge's. judge: a problem of \
            100 tests with a program of 1 ms. comparison: long outputs with their answers, each \
            seven times at most, beside reading both. noise: how far apart the times of one program \
            are, alone and with 2 to n slots busy, and how many slots stay below 5 %. Without a name \
            all of them.

            What is compared is made by turns. Times of a busy machine say little; ratios say more.

              judge bench
              judge bench sandbox --slots 2 --runs 1000
            """)

    enum Subject: String, ExpressibleByArgument, CaseIterable {
        case sandbox, queue, judge, comparison, noise
    }

    @Argument(help: "What to measure: sandbox, queue, judge, comparison or noise; else all.")
    var subject: Subject?

    @OptionGroup var slots: SlotCount

    @Option(help: ArgumentHelp("How often each thing is made.", valueName: "n"))
    var runs = 300

    @Option(
        help: ArgumentHelp(
            "A static executable to run in the sandbox and beside it.",
            discussion: "Else one of 129 bytes that does nothing. It must end with exit code 0.",
            valueName: "file"))
    var program: String?

    @Option(
        help: ArgumentHelp(
            "How long the outputs are that are compared.", discussion: "Else 10 and 100.",
            valueName: "MB"))
    var megabytes: Int?

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var surroundings: Surroundings

    func validate() throws {
        guard (1...1_000_000).contains(runs) else {
            throw ValidationError("--runs must be between 1 and 1000000")
        }
        guard (1...1_000).contains(megabytes ?? 1) else {
            throw ValidationError("--megabytes must be between 1 and 1000")
        }
    }

    func run() async throws {
        let settings = try surroundings.settings()
        let (subjects, count, runs, program) = (
            subject.map { [$0] } ?? Subject.allCases, slots.count(settings), runs, program
        )
        let sizes = megabytes.map { [$0] } ?? [10, 100]
        let figures = try await untilInterrupted {
            try await Self.figures(
                subjects, settings, slots: count, runs: runs, of: program, megabytes: sizes)
        }
        try StandardStreams.write(
            json
                ? JSON.object([("figures", .array(figures.map(\.json)))]).text + "\n"
                : BenchFigure.table(figures).lines.joined(separator: "\n") + "\n")
    }

    private static func figures(
        _ subjects: [Subject], _ settings: Settings, slots: Int, runs: Int, of program: String?,
        megabytes sizes: [Int]
    ) async throws -> [BenchFigure] {
        var figures: [BenchFigure] = []
        for subject in subjects {
            switch subject {
            case .sandbox:
                figures += try await inDirectory(FileManager.default.temporaryDirectory) { place in
                    let program = try BareProgram(program, in: place)
                    return try await Slots.with(slots, settings) { slots in
                        try await SandboxBench(slots: slots, runs: runs, program: program)
                            .figures()
                    }
                }
            case .comparison:
                figures += try ComparisonBench(sizes: sizes, runs: min(runs, 7)).figures()
            case .queue:
                // On the disk that the judge's database is on.
                let database = URL(filePath: settings.database.path).deletingLastPathComponent()
                figures += try await inDirectory(database) { place in
                    try await QueueBench(directory: place, runs: runs).figures()
                }
            case .noise:
                figures += try await Slots.with(slots, settings) { slots in
                    try await NoiseBench(slots: slots, rounds: max(1, runs / 10)).figures()
                }
            case .judge:
                figures += try await inDirectory(FileManager.default.temporaryDirectory) { place in
                    try await Slots.with(1, settings) { slots in
                        guard let slot = slots.first else { return [] }
                        return try await JudgeBench(directory: place, settings: settings)
                            .figures(on: slot)
                    }
                }
            }
        }
        return figures
    }

    /// Makes a directory for the time of `work`.
    private static func inDirectory(
        _ parent: URL, _ work: (URL) async throws -> [BenchFigure]
    ) async throws -> [BenchFigure] {
        let place = parent.appending(
            path: "judge-bench-\(ProcessInfo.processInfo.processIdentifier)")
        do {
            try FileManager.default.createDirectory(
                at: place, withIntermediateDirectories: false,
                attributes: [.posixPermissions: 0o700])
        } catch {
            throw CommandFailure(
                .unavailable,
                "cannot make a directory in \(parent.path(percentEncoded: false)): "
                    + error.localizedDescription)
        }
        defer { try? FileManager.default.removeItem(at: place) }
        return try await work(place)
    }
}
