import JudgeCore
import Testing

@Suite struct RepetitionTests {
    private func judgement(
        _ verdict: Verdict, score: Double? = nil, _ tests: [(String, Verdict)] = []
    ) -> Judgement {
        Judgement(
            verdict: verdict, score: score, reason: nil,
            tests: tests.map {
                TestResult(
                    name: $0.0, group: "secret", verdict: $0.1,
                    cpuTime: .milliseconds(Int64.random(in: 0..<1_000)))
            })
    }

    @Test("Other times, and tests that only one of the two ran, are no difference")
    func same() {
        let first = judgement(.wrongAnswer, [("1", .accepted), ("2", .wrongAnswer)])
        #expect(first.difference(from: first) == nil)
        let again = judgement(.wrongAnswer, [("2", .wrongAnswer), ("3", .timeLimit)])
        #expect(first.difference(from: again) == nil)
    }

    @Test("Verdict, score and tests that differ are named, of many tests the first three")
    func differs() {
        let names = ["1", "2", "3", "4", "5"]
        let first = judgement(.accepted, score: 10, names.map { ($0, .accepted) })
        let again = judgement(.wrongAnswer, names.map { ($0, .wrongAnswer) })
        #expect(
            first.difference(from: again)
                == "verdict: AC first, WA again; score: 10.0 first, none again; "
                + "test 1: AC first, WA again; test 2: AC first, WA again; "
                + "test 3: AC first, WA again; and 2 more tests")
        let late = judgement(.accepted, score: 10, [("1", .accepted), ("2", .timeLimit)])
        #expect(first.difference(from: late) == "test 2: AC first, TLE again")
    }
}
