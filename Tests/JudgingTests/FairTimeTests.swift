import JudgeCore
import Judging
import Problems
import SandboxProtocol
import Sandboxing
import Synchronization
import Testing
import Units

@Suite("When a test is run again for its time")
struct FairTimeTests {
    /// What one run of the program does.
    struct Act: Sendable {
        var report: RunReport
        var output: String

        /// Ends by itself, with the right output unless another is named.
        static func ends(_ milliseconds: Int, _ output: String = "3", code: Int32 = 0) -> Act {
            Act(report: .exit(code, cpu: .milliseconds(milliseconds)), output: output)
        }

        /// Is stopped after 10 s by the clock.
        static func stopped(
            _ outcome: RunOutcome, _ milliseconds: Int, stolen: Int = 0, waiting: Int = 0
        ) -> Act {
            var report = RunReport.ended(outcome)
            report.cpuTime = .milliseconds(milliseconds)
            report.wallTime = .seconds(10)
            report.stolenTime = .milliseconds(stolen)
            report.waitingTime = .milliseconds(waiting)
            return Act(report: report, output: "")
        }
    }

    struct Case: Sendable {
        var name: String
        var acts: [Act]
        var verdict: Verdict
        var code: ReasonCode?
        var cpuTime: Int
        /// One letter for each sample: counted, disturbed, other.
        var uses = ""
    }

    /// Of a limit of 2 s, with the built-in settings: near is from 1.9 s to 2.1 s.
    static let cases: [Case] = [
        Case(name: "far below", acts: [.ends(1_899)], verdict: .accepted, cpuTime: 1_899),
        Case(
            name: "far above", acts: [.stopped(.cpuTime, 2_101)], verdict: .timeLimit,
            code: .cpuTime, cpuTime: 2_101),
        Case(
            name: "twice in time", acts: [.ends(1_960), .ends(1_950)], verdict: .accepted,
            cpuTime: 1_950, uses: "cc"),
        Case(
            name: "twice late", acts: [.ends(2_050), .ends(2_060)], verdict: .timeLimit,
            code: .cpuTime, cpuTime: 2_050, uses: "cc"),
        Case(
            name: "late once of three", acts: [.ends(2_050), .ends(1_950), .ends(1_970)],
            verdict: .accepted, cpuTime: 1_970, uses: "ccc"),
        Case(
            name: "in time once of three",
            acts: [.ends(1_950), .ends(2_050), .stopped(.cpuTime, 2_101)], verdict: .timeLimit,
            code: .cpuTime, cpuTime: 2_050, uses: "ccc"),
        Case(
            name: "wrong in time: no second answer", acts: [.ends(1_950, "4")],
            verdict: .wrongAnswer, code: .wrongOutput, cpuTime: 1_950),
        Case(
            name: "wrong and late", acts: [.ends(2_050, "4")], verdict: .timeLimit, code: .cpuTime,
            cpuTime: 2_050),
        Case(
            name: "failed near the limit", acts: [.ends(1_950, code: 1)], verdict: .runTimeError,
            code: .exitCode, cpuTime: 1_950),
        Case(
            name: "does something else, and faster", acts: [.ends(2_050), .ends(10, "")],
            verdict: .timeLimit, code: .cpuTime, cpuTime: 2_050, uses: "co"),
        Case(
            name: "writes something else in time", acts: [.ends(1_950), .ends(1_960, "4")],
            verdict: .accepted, cpuTime: 1_950, uses: "co"),
        Case(
            name: "writes something else when it is late",
            acts: [.ends(1_950), .ends(2_090, "4"), .ends(2_080, "5")], verdict: .timeLimit,
            code: .cpuTime, cpuTime: 2_080, uses: "ccc"),
        Case(
            name: "ends in another way", acts: [.ends(2_050), .ends(10, code: 1)],
            verdict: .timeLimit, code: .cpuTime, cpuTime: 2_050, uses: "co"),
        Case(
            name: "stolen from", acts: [.stopped(.cpuTime, 2_101, stolen: 501), .ends(1_500)],
            verdict: .accepted, cpuTime: 1_500, uses: "dc"),
        Case(
            name: "hardly stolen from", acts: [.stopped(.cpuTime, 2_101, stolen: 500)],
            verdict: .timeLimit, code: .cpuTime, cpuTime: 2_101),
        Case(
            name: "disturbed when repeated",
            acts: [.ends(2_050), .stopped(.wallTime, 900, waiting: 1_001), .ends(1_950)],
            verdict: .accepted, cpuTime: 1_950, uses: "cdc"),
        Case(
            name: "had to wait, which CPU time does not count",
            acts: [.stopped(.cpuTime, 2_101, waiting: 9_000)], verdict: .timeLimit,
            code: .cpuTime, cpuTime: 2_101),
        Case(
            name: "had to wait and then is wrong",
            acts: [.stopped(.wallTime, 900, waiting: 1_001), .ends(900, "4")],
            verdict: .wrongAnswer, code: .wrongOutput, cpuTime: 900, uses: "dc"),
        Case(
            name: "hardly had to wait", acts: [.stopped(.wallTime, 900, waiting: 1_000)],
            verdict: .timeLimit, code: .wallTime, cpuTime: 900),
        Case(
            name: "always has to wait",
            acts: .init(
                repeating: .stopped(.idle, 1, waiting: 9_000), count: 3), verdict: .timeLimit,
            code: .idle, cpuTime: 1, uses: "ddc"),
        Case(
            name: "disturbed, then near",
            acts: [
                .stopped(.wallTime, 900, waiting: 1_001), .ends(2_050), .ends(1_990),
            ], verdict: .accepted, cpuTime: 1_990, uses: "dcc"),
    ]

    /// Judges one test by runs that do as is said, in turn.
    private func judged(
        _ acts: [Act], _ settings: JudgingSettings = JudgingSettings()
    ) async throws -> (result: TestResult, runs: Int) {
        let folder = try JudgeTests.Folder(["1.ans": "3\n"])
        let made = Mutex(0)
        let slot = ScriptedSlot { call throws(SandboxError) in
            guard call.input != nil else { return .init(report: .exit(0), left: ["main": [1]]) }
            let number = made.withLock { count in
                count += 1
                return count - 1
            }
            guard acts.indices.contains(number) else { throw SandboxError("one run too many") }
            return .init(report: acts[number].report, stdout: acts[number].output)
        }
        let judgement = try await Judge(settings: settings).judge(
            JudgeTests.source, in: JudgeTests.cpp,
            problem: JudgeTests.problem(folder, tests: ["1"]), on: slot)
        return (try #require(judgement.tests.first), made.withLock { $0 })
    }

    @Test("The rule decides, and every run is shown", arguments: 0..<cases.count)
    func rule(row: Int) async throws {
        let expected = Self.cases[row]
        let (result, runs) = try await judged(expected.acts)
        #expect(runs == expected.acts.count, "\(expected.name)")
        #expect(result.verdict == expected.verdict, "\(expected.name)")
        #expect(result.reason?.code == expected.code, "\(expected.name)")
        #expect(result.cpuTime == .milliseconds(expected.cpuTime), "\(expected.name)")
        let letters = result.samples.map { sample in
            switch sample.use {
            case .counted: "c"
            case .disturbed: "d"
            case .different: "o"
            }
        }.joined()
        #expect(letters == expected.uses, "\(expected.name)")
        guard runs > 1 else { return }
        #expect(result.samples.map(\.cpuTime) == expected.acts.map(\.report.cpuTime))
        if result.verdict == .timeLimit {
            let text = try #require(result.reason?.text)
            #expect(text.hasSuffix("; " + result.samples.text), "\(text)")
        }
    }

    @Test("A reason says the time that decides and every run")
    func text() async throws {
        let acts: [Act] = [.ends(1_950), .ends(2_050), .stopped(.cpuTime, 2_101)]
        let (result, _) = try await judged(acts)
        #expect(
            result.reason?.text
                == "used 2.050 s of 2.000 s; 3 runs: 1.950 s, 2.050 s, 2.101 s")
        let (other, _) = try await judged([.ends(2_050), .ends(10, "")])
        #expect(
            other.reason?.text
                == "used 2.050 s of 2.000 s; 2 runs: 2.050 s, 0.010 s (different)")
    }

    @Test("Without repetitions, or without a band, one run decides")
    func switchedOff() async throws {
        var settings = JudgingSettings()
        settings.fairTime.repeats = 0
        #expect(try await judged([.ends(1_999)], settings).result.verdict == .accepted)
        #expect(try await judged([.ends(2_001)], settings).result.verdict == .timeLimit)
        let waited = Act.stopped(.wallTime, 900, waiting: 9_000)
        #expect(try await judged([waited], settings).result.verdict == .timeLimit)
        settings = JudgingSettings()
        settings.fairTime.band = 0
        #expect(try await judged([.ends(1_999)], settings).result.verdict == .accepted)
        #expect(try await judged([.ends(2_001)], settings).result.verdict == .timeLimit)
    }

    @Test("What a program leaves in the file that is judged is compared like its output")
    func file() async throws {
        let folder = try JudgeTests.Folder(["1.ans": "3\n"])
        var problem = JudgeTests.problem(folder, tests: ["1"])
        problem.streams.outputFile = "out.txt"
        problem.allowFileWriting = true
        for (texts, verdict) in [(["3", "3"], Verdict.accepted), (["3", "4"], .timeLimit)] {
            let made = Mutex(0)
            let slot = ScriptedSlot { call throws(SandboxError) in
                guard call.input != nil else {
                    return .init(report: .exit(0), left: ["main": [1]])
                }
                let number = made.withLock { count in
                    count += 1
                    return count - 1
                }
                let time = number == 0 ? 2_050 : 1_950
                return .init(
                    report: .exit(0, cpu: .milliseconds(time)),
                    left: ["out.txt": Array(texts[min(number, 1)].utf8)])
            }
            let judgement = try await Judge().judge(
                JudgeTests.source, in: JudgeTests.cpp, problem: problem, on: slot)
            #expect(judgement.verdict == verdict, "\(judgement)")
        }
    }

    @Test("Nothing that a later run could say would change what is decided early")
    func early() {
        let limit = Duration.seconds(1)
        for repeats in 0...6 {
            var rule = FairTime()
            rule.repeats = repeats
            for pattern in 0..<(1 << (repeats + 1)) {
                let all = (0...repeats).map { index in
                    let time = limit + .milliseconds(pattern >> index & 1 == 0 ? -index : index + 1)
                    return TimeSample(.counted, cpuTime: time, wallTime: time)
                }
                var made: [TimeSample] = []
                repeat {
                    made.append(all[made.count])
                } while !rule.isDecided(
                    made, limit: limit, left: repeats + 1 - made.count)
                let (early, whole) = (made.decidingTime ?? .zero, all.decidingTime ?? .zero)
                #expect((early > limit) == (whole > limit), "\(repeats) \(pattern)")
            }
        }
    }
}
