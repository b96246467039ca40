import JudgeCore
import Judging
import Problems
import SandboxProtocol
import Sandboxing
import Testing
import Units

@Suite("Submissions that are several programs")
struct CommunicationTests {
    private let limits = RunLimits(
        cpuTime: .seconds(1), wallTime: .seconds(3), memory: .mebibytes(64), output: .kibibytes(1))
    private let cpp = Language(
        id: "cpp17", name: "C++17", code: "cpp", endings: [".cpp", ".cc"], detected: true,
        compile: [], products: [], run: ["/box/main"])

    private func ending(
        _ report: RunReport, at time: Int, stop: ConversationStop? = nil, wasTold: Bool = true
    ) -> ConversationEnding {
        var report = report
        report.endedAt = .milliseconds(time)
        return ConversationEnding(
            run: RunResult(report: report, stdout: [], stderr: []), stop: stop, wasTold: wasTold)
    }

    private func decide(
        _ answer: CheckerAnswer, _ programs: [ConversationEnding]
    ) throws -> (decision: Decision, culprit: Int?) {
        try InteractionRule.decide(
            Opinion(answer, message: "m"), programs, limits: limits, isSubmitted: true,
            named: { ["coder", "decoder"][$0] })
    }

    @Test("Of several programs the one that failed first decides, and is named")
    func first() throws {
        let crash = ending(.exit(3), at: 20)
        let slow = ending(.ended(.cpuTime), at: 30)
        for answer in [CheckerAnswer.accepted, .rejected("no")] {
            let (decision, culprit) = try decide(answer, [slow, crash])
            #expect(decision.verdict == .runTimeError)
            #expect(decision.reason == Reason(.exitCode, "decoder: exited with code 3"))
            #expect(decision.checkerMessage == "m")
            #expect(culprit == 1)
        }
        // Who crashed is at fault, not those who wait for it for ever.
        let waiting = ending(.ended(.signaled), at: 90, stop: .stalled)
        #expect(try decide(.rejected("no"), [waiting, crash]).decision.verdict == .runTimeError)
        let all = try decide(
            .accepted, [waiting, ending(.ended(.signaled), at: 91, stop: .stalled)])
        #expect(all.decision.verdict == .timeLimit)
        #expect(
            all.decision.reason?.text.hasPrefix("coder: waited for the others while these waited")
                == true)
    }

    @Test("Where no program failed the manager decides, and its failure is a judge error")
    func manager() throws {
        let fine = [ending(.exit(0), at: 5), ending(.exit(0), at: 6)]
        #expect(try decide(.accepted, fine).decision.verdict == .accepted)
        #expect(try decide(.rejected("no"), fine).decision.verdict == .wrongAnswer)
        let failed = CheckerAnswer.failed(Reason(.checkerCrashed, "exited with code 1"))
        let crashed = [ending(.exit(3), at: 5), ending(.exit(0), at: 6)]
        #expect(try decide(failed, crashed).decision.verdict == .judgeError)
    }

    @Test("A rejection before any program's end was told is WA, whatever any of them did after it")
    func rejectedFirst() throws {
        let settled = [
            ending(.ended(.signaled), at: 5, stop: .settled, wasTold: false),
            ending(.exit(3), at: 6, wasTold: false),
        ]
        let (decision, culprit) = try decide(.rejected("no"), settled)
        #expect(decision.verdict == .wrongAnswer && culprit == nil)
    }

    private func problem(_ communication: Communication) -> Problem {
        var problem = Problem(
            id: "post", name: "Post", formatVersion: "2025-09", directory: "/", timeLimit: nil,
            limits: ProblemLimits(), languages: nil, tests: [], examples: [], warnings: [])
        problem.communication = communication
        return problem
    }

    private func refusal(_ names: [String], entryPoint: String? = nil) -> String? {
        let sources = SourceSet(
            files: names.map { SourceFile(name: $0, bytes: [32]) }, entryPoint: entryPoint)
        let problem = problem(Communication(programs: .named(["coder", "decoder"])))
        do throws(JudgingError) {
            try sources.admit(to: problem, in: cpp)
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test("A submission must bring each program that is named, once, and no entry point")
    func named() throws {
        #expect(refusal(["coder.cpp", "decoder.cc", "both.cpp", "both.h"]) == nil)
        #expect(
            refusal(["coder.cpp", "main.cpp"])?.contains(
                "runs the programs coder, decoder, and no file is decoder.cpp") == true)
        #expect(refusal(["coder.cpp", "decoder.h"])?.contains("no file is decoder.cpp") == true)
        #expect(
            refusal(["coder.cpp", "decoder.cpp", "coder.cc"])?.contains(
                "coder.cpp and coder.cc would both be the program coder") == true)
        #expect(
            refusal(["coder.cpp", "decoder.cpp"], entryPoint: "coder.cpp")?.contains(
                "leave the entry point out") == true)
        // Copies are one program like any other.
        let copies = problem(Communication(programs: .copies(3)))
        let lone = SourceSet(files: [SourceFile(name: "a.cpp", bytes: [32])], entryPoint: "a.cpp")
        try lone.admit(to: copies, in: cpp)
    }
}
