import JudgeCore
import Judging
import Problems
import SandboxProtocol
import Sandboxing
import Testing
import Units

/// How near examples come to the time limit, in slots that run nothing.
@Suite struct TimeMarginTests {
    private static func verification(
        _ examples: [(name: String, expected: [Verdict], tolerated: [Verdict])],
        timeLimit: Duration? = nil, version: String = "legacy"
    ) async throws -> Verification {
        let (folder, problem) = try VerifierTests.package(
            examples, timeLimit: timeLimit, version: version)
        defer { _ = folder }
        return try await PackageVerifier(languages: VerifierTests.languages).verify(
            problem, on: [VerifierTests.slot(), VerifierTests.slot()])
    }

    @Test("A stated time limit is shown with the slowest example that keeps it, and where")
    func stated() async throws {
        let found = try await Self.verification(
            [("right", [.accepted], []), ("slow", [.accepted], []), ("late", [.timeLimit], [])],
            timeLimit: .seconds(2))
        #expect(!found.isComputed && found.timeLimit == .seconds(2))
        let slowest = try #require(found.margins.slowest)
        #expect(slowest.path == "submissions/x/slow.cpp" && slowest.test == "secret/1")
        #expect(slowest.cpuTime == .milliseconds(700) && slowest.isWhole)
        #expect(abs(slowest.ratio - 2 / 0.7) < 0.001)
        // Programs were stopped at the limit: how much more they need is not known.
        #expect(found.margins.fastest == nil && found.warnings == [])
    }

    @Test("A stated time limit that is less than the slowest example asks for is a warning")
    func tight() async throws {
        let found = try await Self.verification(
            [("slow", [.accepted], [])], timeLimit: .seconds(1))
        #expect(found.ok)
        #expect(
            found.warnings == [
                "submissions/x/slow.cpp: used 0.700 s on secret/1, more than the time limit of "
                    + "1.000 s divided by 2.0"
            ])
    }

    @Test("A computed time limit is shown with the examples on both sides of it")
    func computed() async throws {
        let found = try await Self.verification([
            ("slow", [.accepted], []), ("late", [.timeLimit], []), ("later", [.timeLimit], []),
        ])
        #expect(found.isComputed && found.timeLimit == .seconds(2) && found.ok)
        #expect(found.margins.slowest?.cpuTime == .milliseconds(700))
        let fastest = try #require(found.margins.fastest)
        #expect(fastest.cpuTime == .milliseconds(3_005) && fastest.ratio > 1.5)
        #expect(found.warnings == [])
    }

    @Test("From 2023-07 on a time limit that does not fit a too slow example is a mistake")
    func noneFits() async throws {
        let examples: [(name: String, expected: [Verdict], tolerated: [Verdict])] = [
            ("slow", [.accepted], []), ("nearly", [.timeLimit], []),
        ]
        let later = try await Self.verification(examples, version: "2025-09")
        let sentence =
            "submissions/x/nearly.cpp: used 2.100 s on secret/1, less than the time limit of "
            + "2.000 s times 1.5"
        #expect(!later.ok && later.submissions.allSatisfy(\.ok))
        #expect(later.faults == ["\(sentence), so that no time limit fits"])
        let legacy = try await Self.verification(examples)
        #expect(legacy.ok && legacy.faults == [] && legacy.warnings == [sentence])
    }

    @Test("Programs that print or wait without end say nothing of how late they are")
    func unknown() async throws {
        let found = try await Self.verification([
            ("slow", [.accepted], []), ("flood", [.timeLimit], []),
        ])
        #expect(found.ok && found.margins.fastest == nil)
    }
}
