import JudgeCore
import Judging
import SandboxProtocol
import Sandboxing
import Testing
import Units

@Suite("The verdict of a conversation")
struct InteractionRuleTests {
    private let limits = RunLimits(
        cpuTime: .seconds(1), wallTime: .seconds(3), memory: .mebibytes(64), output: .kibibytes(1))

    private static let accepts = Opinion(.accepted, message: "well")
    private static let rejects = Opinion(.rejected("too many"), message: "too many")
    private static let fails = Opinion(.failed(Reason(.checkerCrashed, "exited with code 1")))

    private func decide(
        _ opinion: Opinion, _ report: RunReport, stop: ConversationStop? = nil,
        wasTold: Bool = true
    ) throws -> Decision {
        let ending = ConversationEnding(
            run: RunResult(report: report, stdout: [], stderr: []), stop: stop, wasTold: wasTold)
        return try InteractionRule.decide(opinion, ending, limits: limits, isSubmitted: true)
    }

    /// Every way in which a submission can end.
    private static let endings: [(RunReport, ConversationStop?, Verdict?)] = [
        (.exit(0), nil, nil),
        (.exit(3), nil, .runTimeError),
        (.ended(.signaled, signal: 11), nil, .runTimeError),
        (.ended(.memory), nil, .memoryLimit),
        (.ended(.output), nil, .outputLimit),
        (.ended(.cpuTime), nil, .timeLimit),
        (.exit(0, cpu: .seconds(2)), nil, .timeLimit),
        (.ended(.wallTime), nil, .timeLimit),
        (.ended(.signaled), .stalled, .timeLimit),
        (.ended(.signaled), .late, .timeLimit),
        (.ended(.signaled), .idle, .timeLimit),
    ]

    @Test("a. A validator that fails is a judge error, whatever the submission did")
    func failure() throws {
        for (report, stop, _) in Self.endings {
            for wasTold in [true, false] {
                let decision = try decide(Self.fails, report, stop: stop, wasTold: wasTold)
                #expect(decision.verdict == .judgeError)
                #expect(decision.reason?.code == .checkerCrashed)
            }
        }
    }

    @Test("b. A rejection before the submission's end was told is WA, whatever came after it")
    func rejectionFirst() throws {
        for (report, stop, _) in Self.endings {
            let decision = try decide(Self.rejects, report, stop: stop, wasTold: false)
            #expect(decision.verdict == .wrongAnswer)
            #expect(decision.reason == Reason(.wrongOutput, "too many"))
        }
        let settled = try decide(
            Self.rejects, .ended(.signaled), stop: .settled, wasTold: false)
        #expect(settled.verdict == .wrongAnswer)
    }

    @Test("c, d. Else the submission's time limit comes first, then its other failures")
    func submissionFails() throws {
        for (report, stop, verdict) in Self.endings {
            guard let verdict else { continue }
            let rejected = try decide(Self.rejects, report, stop: stop)
            #expect(rejected.verdict == verdict)
            #expect(rejected.checkerMessage == "too many")
            for wasTold in [true, false] {
                let accepted = try decide(Self.accepts, report, stop: stop, wasTold: wasTold)
                #expect(accepted.verdict == verdict)
            }
        }
    }

    @Test("e. Else the validator's word is the verdict")
    func word() throws {
        #expect(try decide(Self.accepts, .exit(0)).verdict == .accepted)
        #expect(try decide(Self.rejects, .exit(0)).verdict == .wrongAnswer)
        var scored = Self.accepts
        scored.given = .multiplier(0.5)
        #expect(try decide(scored, .exit(0)).given == .multiplier(0.5))
    }

    @Test("Waiting for each other has a reason of its own, and taking long by the clock another")
    func reasons() throws {
        let stalled = try decide(Self.accepts, .ended(.signaled), stop: .stalled)
        #expect(stalled.reason?.code == .idle)
        let late = try decide(Self.accepts, .ended(.signaled), stop: .late)
        #expect(late.reason?.code == .wallTime)
        let idle = try decide(Self.accepts, .ended(.signaled), stop: .idle)
        #expect(idle.reason?.code == .idle)
    }

    @Test("A submission that ended by itself just before it was to be stopped has its own ending")
    func quicker() throws {
        let exited = try decide(Self.accepts, .exit(0), stop: .late)
        #expect(exited.verdict == .accepted)
    }

    @Test("A conversation is settled when nothing that the submission does can count any more")
    func settled() {
        func isSettled(_ report: RunReport, _ wasTold: Bool) -> Bool {
            InteractionRule.isSettled(report, wasTold: wasTold)
        }
        #expect(!isSettled(.exit(42), false))
        #expect(!isSettled(.exit(42), true))
        #expect(isSettled(.exit(43), false))
        #expect(!isSettled(.exit(43), true))
        for report in [RunReport.exit(0), .exit(1), .ended(.signaled), .ended(.cpuTime)] {
            #expect(isSettled(report, true))
        }
    }

    @Test("A validator that had to be stopped is told why, one that ended by itself is not")
    func stoppedValidator() {
        func failure(_ report: RunReport, _ stop: ConversationStop?) -> String? {
            let run = RunResult(report: report, stdout: [], stderr: [])
            return InteractionRule.failure(ConversationEnding(run: run, stop: stop))
        }
        #expect(failure(.exit(42), nil) == nil)
        #expect(failure(.exit(42), .late) == nil)
        #expect(failure(.ended(.signaled), nil) == nil)
        #expect(
            failure(.ended(.signaled), .late)
                == "did not end in time after the submission had ended")
        #expect(
            failure(.ended(.signaled), .stalled)
                == "waits for nothing after the submission has ended")
    }
}

@Suite("Whether there is another pass")
struct PassRuleTests {
    private static let accepted = Decision(.accepted)
    private static let rejected = Decision(.wrongAnswer, Reason(.wrongOutput, "no"))

    private func step(
        _ decision: Decision, _ answer: CheckerAnswer?, asksAgain: Bool, pass: Int = 1
    ) -> PassRule.Step {
        PassRule.step(
            after: decision, answer: answer, asksAgain: asksAgain, pass: pass, limit: 3)
    }

    @Test("A pass that is accepted is followed by another while the validator asks and it may")
    func again() {
        #expect(step(Self.accepted, .accepted, asksAgain: true) == .again)
        #expect(step(Self.accepted, .accepted, asksAgain: true, pass: 2) == .again)
        #expect(step(Self.accepted, .accepted, asksAgain: false) == .final(Self.accepted))
    }

    @Test("A validator that asks for more passes than there may be is a judge error")
    func tooMany() throws {
        guard case .final(let decision) = step(Self.accepted, .accepted, asksAgain: true, pass: 3)
        else {
            Issue.record("a fourth pass of three")
            return
        }
        #expect(decision.verdict == .judgeError)
        #expect(
            decision.reason?.text
                == "the output validator asks for pass 4, but limits.validation_passes allows 3")
    }

    @Test("A validator that rejects and asks for another pass is a judge error")
    func rejectedAgain() {
        guard case .final(let decision) = step(Self.rejected, .rejected("no"), asksAgain: true)
        else {
            Issue.record("a pass after a rejection")
            return
        }
        #expect(decision.verdict == .judgeError)
        #expect(step(Self.rejected, .rejected("no"), asksAgain: false) == .final(Self.rejected))
    }

    @Test("A pass that fails is the last, whatever the validator asks for")
    func failed() {
        let late = Decision(.timeLimit, Reason(.cpuTime, "used 2 s of 1 s"))
        #expect(step(late, .accepted, asksAgain: true) == .final(late))
        #expect(step(late, nil, asksAgain: true) == .final(late))
        let broken = Decision(.judgeError, Reason(.checkerCrashed, "x"))
        let failed = CheckerAnswer.failed(Reason(.checkerCrashed, "x"))
        #expect(step(broken, failed, asksAgain: true) == .final(broken))
    }
}
