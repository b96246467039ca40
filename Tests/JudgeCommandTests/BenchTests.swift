import Foundation
import Testing

@Suite(
    "What this machine does, as numbers",
    .enabled(if: geteuid() == 0, "needs root for the sandbox"))
struct BenchTests {
    private let desk: Desk

    init() throws { desk = try Desk() }

    private struct Figure: Decodable {
        var name: String
        var slots: Int
        var medianUs: Int?
        var p90Us: Int?
        var perSecond: Double?
        var ratio: Double?
        var ratioTo: String?
    }

    private func figures(_ arguments: String...) throws -> [String: Figure] {
        try figures(arguments)
    }

    private func figures(_ arguments: [String]) throws -> [String: Figure] {
        struct Document: Decodable { var figures: [Figure] }
        let answer = try desk.judge(
            ["bench", "--json"] + arguments,
            environment: ["TMPDIR": desk.directory.path(percentEncoded: false)])
        try #require(answer.status == 0, "\(answer.complaint)")
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let document = try decoder.decode(Document.self, from: Data(answer.output.utf8))
        return Dictionary(document.figures.map { ($0.name, $0) }) { first, _ in first }
    }

    /// Directories that a bench made and did not take away.
    private var left: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(
                atPath: desk.directory.path(percentEncoded: false)
            ).filter { $0.hasPrefix("judge-bench") }
        }
    }

    @Test("A sandboxed run is measured beside a bare one, alone and in all slots at one time")
    func sandbox() throws {
        let figures = try figures("sandbox", "--runs", "4", "--slots", "2")
        let bare = try #require(figures["bare spawn"])
        let run = try #require(figures["sandboxed run"])
        #expect(try #require(bare.medianUs) > 0)
        #expect(try #require(run.p90Us) >= #require(run.medianUs))
        #expect(run.ratioTo == "bare spawn")
        // No sandbox costs nothing.
        #expect(try #require(run.ratio) > 1)
        #expect(figures["sandboxed run after another"]?.ratioTo == "bare spawn")
        let (spawns, runs) = (figures["bare spawns"], figures["sandboxed runs"])
        #expect(spawns?.slots == 2 && runs?.slots == 2)
        let ratio = try #require(runs?.perSecond) / #require(spawns?.perSecond)
        #expect(abs(try #require(runs?.ratio) - ratio) < 0.001)
        #expect(try left.isEmpty)
    }

    @Test("Another program is measured in place of the built-in one, where it ends well")
    func program() throws {
        let place = desk.directory.path(percentEncoded: false)
        for code in [0, 1] {
            let made = try desk.shell(
                "echo 'int main(void) { return \(code); }' "
                    + "| PATH=/usr/bin:/bin gcc -static -x c -o '\(place)/static-\(code)' -")
            try #require(made.status == 0, "\(made.complaint)")
        }
        let usual = ["sandbox", "--runs", "2", "--slots", "1", "--program"]
        let figures = try figures(usual + ["\(place)/static-0"])
        #expect(try #require(figures["sandboxed run"]?.medianUs) > 0)
        #expect(figures["sandboxed run"]?.ratioTo == "bare spawn")
        for (name, status) in [("static-1", Int32(69)), ("none", 65)] {
            let answer = try desk.judge(["bench"] + usual + ["\(place)/\(name)"])
            #expect(answer.status == status, "\(answer.complaint)")
            #expect(answer.output.isEmpty)
        }
    }

    @Test("The queue is measured in a database of its own; the judge's is not touched")
    func queue() throws {
        let figures = try figures("queue", "--runs", "3")
        for name in ["submit, on disk", "claim", "store a judgement, on disk"] {
            #expect(try #require(figures[name]?.medianUs) > 0, "\(name)")
        }
        let last = try #require(figures["claim, the last tenth"])
        #expect(last.ratioTo == "claim, the first tenth")
        #expect(try #require(last.ratio) > 0)
        #expect(!desk.exists("judge.db"))
        #expect(try left.isEmpty)
    }

    @Test("A whole judging is measured, and what it takes beyond the program")
    func judging() throws {
        let figures = try figures("judge")
        let test = try #require(figures["test of 1 ms"]?.medianUs)
        #expect(test >= 1_000)
        #expect(try #require(figures["beyond the program itself"]?.medianUs) < test)
        #expect(try #require(figures["tests of 1 ms"]?.perSecond) > 0)
        #expect(try left.isEmpty)
    }

    @Test("Long outputs are compared beside reading them")
    func comparison() throws {
        let figures = try figures("comparison", "--megabytes", "1", "--runs", "2")
        for kind in ["equal", "other white space", "other case", "numbers within a tolerance"] {
            let compared = try #require(figures["compare 1 MB, \(kind)"])
            #expect(try #require(compared.medianUs) > 0)
            #expect(compared.ratioTo == "read 1 MB, \(kind)")
        }
    }

    @Test("The spread of equal work is stated for each number of slots, and how many keep it low")
    func noise() throws {
        let figures = try figures("noise", "--runs", "30", "--slots", "3")
        var carried = 0
        for (count, plural) in [(1, "1 slot"), (2, "2 slots"), (3, "3 slots")] {
            let cpu = try #require(figures["CPU time, \(plural)"])
            let wall = try #require(figures["wall time, \(plural)"])
            #expect(cpu.slots == count && wall.slots == count)
            // The work is measured to be 100 ms once; a machine may be twice as fast later.
            #expect(try #require(cpu.medianUs) > 20_000)
            #expect(try #require(wall.p90Us) >= #require(wall.medianUs))
            let noise = try #require(cpu.ratio)
            #expect(noise >= 0)
            if noise < 0.05 && carried == count - 1 { carried = count }
        }
        let slots = try #require(figures["slots whose CPU time stays below 5 %"])
        #expect(slots.slots == carried)
        #expect(slots.medianUs == nil && slots.ratio == nil)
    }

    private static let wrong: [([String], Int32)] = [
        (["bench", "disk"], 64), (["bench", "--runs", "0"], 64),
        (["bench", "comparison", "--megabytes", "0"], 64),
        (["bench", "queue", "--database", "none/judge.db"], 69),
    ]

    @Test("What cannot be measured is said in a sentence", arguments: 0..<4)
    func wrong(row: Int) throws {
        let (arguments, status) = Self.wrong[row]
        let answer = try desk.judge(arguments)
        #expect(answer.status == status, "\(answer.complaint)")
        #expect(answer.complaint.hasPrefix("judge: "))
        #expect(answer.output.isEmpty)
    }
}
