import Foundation
import Testing

/// The program in `Benchmarks/` that measures the judge beside the kernel and compares with thresholds.
@Suite("Measured beside thresholds")
struct BenchmarkTests {
    private let desk: Desk

    init() throws { desk = try Desk() }

    private static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    private func run(_ script: String, _ arguments: String) throws -> Desk.Answer {
        let place = desk.directory.path(percentEncoded: false)
        let path = Self.root.appending(path: script).path(percentEncoded: false)
        return try desk.shell("PATH=/usr/bin:/bin TMPDIR='\(place)' '\(path)' \(arguments)")
    }

    private struct Figure: Codable {
        var part: String
        var name: String
        var value: Double?
        var ratio: Double?
    }

    private struct Document: Codable { var figures: [Figure] }

    private func compare(_ figures: [Figure], _ parts: String) throws -> Desk.Answer {
        let text = String(
            decoding: try JSONEncoder().encode(Document(figures: figures)), as: UTF8.self)
        return try run(
            "Benchmarks/run", "--compare '\(try desk.write("figures.json", text))' \(parts)")
    }

    @Test("Figures within their thresholds are well, and it is said what is wanted beyond")
    func within() throws {
        let memory = [
            Figure(part: "memory", name: "worker", value: 60),
            Figure(part: "memory", name: "largest helper", value: 4),
            Figure(part: "memory", name: "largest helper after a run", value: 5),
            Figure(part: "memory", name: "idle", value: 0),
        ]
        let answer = try compare(memory, "memory")
        #expect(answer.status == 0, "\(answer.output) \(answer.complaint)")
        #expect(answer.output.contains("wanted at most 4"))
        #expect(!answer.output.contains("OVER"))
    }

    @Test("A figure beyond its threshold, on either side, or that was not measured ends with 1")
    func over() throws {
        let fine = [
            Figure(part: "memory", name: "worker", value: 20),
            Figure(part: "memory", name: "largest helper", value: 3),
            Figure(part: "memory", name: "largest helper after a run", value: 3),
            Figure(part: "memory", name: "idle", value: 0),
        ]
        #expect(try compare(fine, "memory").status == 0)
        var large = fine
        large[0].value = 60.1
        var unknown = fine
        unknown[1].value = nil
        let slow = [
            Figure(part: "judging", name: "added to a test", value: 100),
            Figure(part: "judging", name: "added to a test, with queue and store", value: 100),
            Figure(part: "judging", name: "tests of 1 ms, stored", value: 600),
            Figure(part: "judging", name: "tests of 1 ms, two slots", value: 1, ratio: 0.01),
        ]
        for (figures, part) in [
            (large, "memory"), (unknown, "memory"), (Array(fine.dropLast()), "memory"),
            (slow, "judging"),
        ] {
            let answer = try compare(figures, part)
            #expect(answer.status == 1, "\(answer.output) \(answer.complaint)")
            #expect(answer.output.components(separatedBy: "OVER").count == 2, "\(answer.output)")
        }
    }

    @Test("A part, an option or a file that there is not is said in a sentence")
    func wrong() throws {
        for (arguments, status) in [
            ("disk", Int32(64)), ("--slow", 64), ("--compare", 64), ("--compare none memory", 69),
            ("--build none memory", 69),
        ] {
            let answer = try run("Benchmarks/run", arguments)
            #expect(answer.status == status, "\(arguments): \(answer.complaint)")
            #expect(answer.complaint.hasPrefix("Benchmarks/run: "))
            #expect(answer.output.isEmpty)
        }
        let help = try run(".ci/run", "bench --help")
        #expect(help.status == 0 && help.output.contains("usage: sudo Benchmarks/run"))
    }

    @Test(
        "Every part is measured, with every figure that has a threshold",
        .enabled(if: geteuid() == 0, "needs root for the sandbox"),
        arguments: [
            "sandbox", "queue", "judging", "latency", "compile", "comparison", "output", "memory",
        ])
    func measured(part: String) throws {
        let build = Desk.program.deletingLastPathComponent().path(percentEncoded: false)
        let answer = try run("Benchmarks/run", "--quick --json --build '\(build)' \(part)")
        // How fast it is on a machine that runs tests is not asked.
        try #require([0, 1].contains(answer.status), "\(answer.complaint)")
        // Outputs of 100 MB are too long for a build that is not optimised.
        let isWhole = part != "comparison"
        #expect(!isWhole || !answer.complaint.contains("not measured"), "\(answer.complaint)")
        let figures = try JSONDecoder().decode(Document.self, from: Data(answer.output.utf8))
            .figures
        #expect(!figures.isEmpty)
        for figure in figures where figure.name != "idle" && figure.name != "added to a test" {
            #expect(figure.part == part)
            #expect(try #require(figure.value) > 0, "\(figure.name)")
        }
    }
}
