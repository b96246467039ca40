import JudgeCore
import Testing
import Units

@Suite struct ScoreTests {
    @Test("The first test that is not accepted decides; a judge error is never hidden")
    func score() {
        let compile = CompileResult(ok: true, cpuTime: .zero, memoryPeak: .zero, output: "")
        func judgement(_ verdicts: Verdict...) -> Judgement {
            let tests = verdicts.enumerated().map { index, verdict in
                TestResult(
                    name: "secret/\(index)", group: "secret", verdict: verdict,
                    reason: verdict == .accepted ? nil : Reason(.wrongOutput, "\(index)"),
                    cpuTime: .seconds(9 - index), wallTime: .seconds(index),
                    memoryPeak: ByteCount(Int64(index)))
            }
            return Score.judgement(
                of: tests, in: .passFail(testCount: tests.count), compile: compile)
        }
        #expect(judgement(.accepted, .accepted).verdict == .accepted)
        let mixed = judgement(.accepted, .wrongAnswer, .timeLimit)
        #expect(mixed.verdict == .wrongAnswer && mixed.reason?.text == "1")
        #expect(mixed.cpuTime == .seconds(9) && mixed.wallTime == .seconds(2))
        #expect(mixed.memoryPeak == ByteCount(2))
        #expect(judgement(.wrongAnswer, .judgeError).verdict == .judgeError)
    }
}
