import Foundation
import JudgeCore
import Testing

@Suite("The default grader")
struct DefaultGraderTests {
    struct Case: Decodable {
        var id: String
        var flags: String
        var stdin: String
        var stdout: String
    }

    static func cases() throws -> [Case] {
        let file = try #require(
            Bundle.module.url(
                forResource: "default-grader", withExtension: "jsonl", subdirectory: "Data"))
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
            try JSONDecoder().decode(Case.self, from: Data($0.utf8))
        }
    }

    static func grades(_ text: String) throws -> [Grade] {
        try text.split(separator: "\n").map { line in
            let parts = line.split(separator: " ")
            let verdict = try #require(Verdict(rawValue: String(parts[0])))
            return Grade(verdict, try #require(Double(parts[1])))
        }
    }

    static func flags(_ text: String) throws -> GraderFlags {
        try GraderFlags(parsing: text.split(separator: " ").map(String.init))
    }

    @Test("Every known case has its known answer")
    func knownCases() throws {
        let cases = try Self.cases()
        #expect(cases.count == 10)
        for one in cases {
            let grade = try Self.flags(one.flags).grade(Self.grades(one.stdin))
            let expected = try #require(try Self.grades(one.stdout).first)
            #expect(grade == expected, "\(one.id)")
        }
    }

    @Test(
        "The worst error is the first in the format's order",
        arguments: [
            ("WA 0\nTLE 0", "TLE"), ("OLE 0\nWA 0", "OLE"), ("TLE 0\nMLE 0", "MLE"),
            ("MLE 0\nRTE 0", "RTE"), ("RTE 0\nJE 0", "JE"), ("AC 0\nWA 0", "WA"),
        ])
    func order(members: String, verdict: String) throws {
        #expect(try Self.flags("").grade(Self.grades(members)).verdict.rawValue == verdict)
    }

    @Test(
        "Flags choose verdict and score",
        arguments: [
            ("first_error", "AC 1\nWA 0\nRTE 0", "WA 1"), ("no_errors", "WA 2", "AC 2"),
            ("accept_if_any_accepted", "WA 0\nAC 7", "AC 7"),
            ("accept_if_any_accepted", "JE 0\nAC 7", "JE 7"),
            ("avg", "AC 1\nAC 2", "AC 1.5"), ("avg", "", "AC 0"), ("min", "", "AC 0"),
            ("ignore_sample", "WA 0\nAC 40", "AC 40"),
            ("first_error worst_error", "WA 0\nRTE 0", "RTE 0"),
        ])
    func flagMeanings(flags: String, members: String, grade: String) throws {
        let expected = try #require(try Self.grades(grade).first)
        #expect(try Self.flags(flags).grade(Self.grades(members)) == expected)
    }

    @Test("An unknown flag and a sample among many groups are the package's fault")
    func mistakes() throws {
        #expect(throws: GradingError.self) { try Self.flags("sum most") }
        let flags = try Self.flags("ignore_sample")
        #expect(throws: GradingError.self) { try flags.grade(Self.grades("AC 1\nAC 1\nAC 1")) }
        #expect(!flags.withoutSample.ignoresSample)
    }
}
