import Foundation
import Testing

/// Judges by the real sandbox, which needs root here.
///
/// The program goes by its own CPU clock, which stands still while others run.
@Suite(
    "A program that is near its time limit",
    .enabled(if: geteuid() == 0, "needs root for the sandbox"), .serialized)
struct FairTimeTests {
    private let desk: Desk

    init() throws {
        desk = try Desk()
        try desk.writePackage()
        // A busy machine takes its time.
        try desk.write("judge.conf", "[limits]\nwall_minimum = \"600s\"\n")
    }

    private struct Document: Decodable {
        struct Test: Decodable { var verdict: String, cpuTimeUs: Int, samples: [Sample] }
        struct Sample: Decodable { var use: String, cpuTimeUs: Int, wallTimeUs: Int }
        var tests: [Test]
    }

    private static func document(_ text: String) throws -> Document {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(Document.self, from: Data(text.utf8))
    }

    /// Spins up to this share of its second, and is right.
    private func write(_ share: String) throws {
        try desk.write(
            "spin.c",
            """
            #include <stdio.h>
            #include <time.h>
            int main(void) {
                struct timespec used;
                do clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
                while (used.tv_sec + used.tv_nsec * 1e-9 < \(share));
                puts("3");
            }

            """)
    }

    private func judged(_ share: String) throws -> (Document.Test, text: String) {
        try write(share)
        let answer = try desk.judge("run", "sum", "spin.c", "--json")
        let document = try Self.document(answer.output)
        return (try #require(document.tests.first), answer.output)
    }

    @Test("It runs again and its samples are shown, whatever they come to")
    func near() throws {
        for (share, verdict) in [("0.97", "AC"), ("1.03", "TLE")] {
            let (test, text) = try judged(share)
            #expect(test.verdict == verdict, "\(text)")
            #expect(test.samples.map(\.use) == ["counted", "counted"], "\(text)")
            #expect(test.samples.map(\.cpuTimeUs).min() == test.cpuTimeUs, "\(text)")
            if verdict == "TLE" { #expect(text.contains("of 1.000 s; 2 runs: 1.0"), "\(text)") }
        }
    }

    @Test("One that is far from it runs once, and does not end the wait for ever")
    func far() throws {
        for (share, verdict) in [("0.50", "AC"), ("60.0", "TLE")] {
            let (test, text) = try judged(share)
            #expect(test.verdict == verdict, "\(text)")
            // A hypervisor that took much of its time makes a run that was stopped count for nothing.
            let counted = test.samples.filter { $0.use == "counted" }
            #expect(test.samples.isEmpty || counted.count == 1, "\(text)")
        }
    }

    @Test("Its samples are stored with the judgement and have a view of their own")
    func stored() async throws {
        try write("0.97")
        #expect(try desk.judge("problem", "add", "sum").status == 0)
        #expect(try desk.judge("submit", "sum", "spin.c").status == 0)
        #expect(try desk.judge("worker", "--drain").status == 0)
        let answer = try desk.judge("result", "1", "--json")
        let document = try Self.document(answer.output)
        let test = try #require(document.tests.first)
        #expect(test.samples.count == 2, "\(answer.output)")
        let text = try desk.judge("result", "1").output
        #expect(text.contains("test secret/1 had 2 runs: 0.9"), "\(text)")
        let rows = try desk.shell(
            "sqlite3 -cmd '.timeout 5000' judge.db "
                + "'SELECT name, run, use, cpu_time_us FROM test_samples'")
        try #require(rows.status == 0, "\(rows.complaint)")
        let expected = test.samples.enumerated().map {
            "secret/1|\($0 + 1)|counted|\($1.cpuTimeUs)\n"
        }
        #expect(rows.output == expected.joined())
    }
}
