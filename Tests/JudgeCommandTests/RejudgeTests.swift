import JudgeCore
import Testing

@Suite struct RejudgeTests {
    private let desk: Desk

    init() throws { desk = try Desk() }

    private static let wrong = Judgement(
        verdict: .wrongAnswer, reason: Reason(.wrongOutput, "line 1 differs"))

    /// Submission 1 is judged WA.
    private func judged() async throws {
        _ = try desk.submit()
        try await desk.finish(Self.wrong)
    }

    @Test("A preview names what would be judged again, and queues nothing")
    func preview() async throws {
        try await judged()
        let answer = try desk.judge("rejudge", "--problem", "sum", "--preview")
        #expect(answer.status == 0)
        #expect(answer.complaint.isEmpty)
        #expect(
            answer.output == """
                1 submission would be judged again, 0 by a package that has changed since

                  submission  problem  language  user  verdict  package
                           1  sum      cpp17     ada   WA       same

                """)
        let json = try desk.judge("rejudge", "1", "--preview", "--json")
        #expect(
            json.output.contains(
                """
                "details": [{"submission": 1, "problem": "sum", "language": "cpp17", "user": "ada", \
                "state": null, "verdict_before": "WA", "score_before": null, \
                "verdict_after": null, "score_after": null, "new_package": false}]
                """), "\(json.output)")
        #expect(
            json.output.hasPrefix(
                "{\"rejudging\": null, \"selection\": \"submissions 1\", \"state\": \"preview\", "
                    + "\"created_at\": null, \"submissions\": 1, \"waiting\": null, "),
            "\(json.output)")
        #expect(try desk.judge("rejudging", "list", "--json").output == "[]\n")
        #expect(try desk.judge("list", "--state", "done").output.contains("WA"))
    }

    @Test("A rejudged submission shows its newest judgement, and the set what has changed")
    func rejudged() async throws {
        try await judged()
        let answer = try desk.judge("rejudge", "--verdict", "wa")
        #expect(answer.status == 0)
        #expect(answer.output == "rejudging-1: 1 submission to be judged again\n")
        let again = try desk.judge("rejudge", "--verdict", "WA")
        #expect(again.status == 0)
        #expect(
            again.output
                == "rejudging-1: applied, 0 of 1 judged, 0 changed, 1 waiting (verdict WA); "
                + "it was asked for before\n")
        try await desk.finish(Judgement(verdict: .accepted, reason: nil))
        #expect(try desk.judge("result", "1").output.hasPrefix("submission 1: AC, accepted\n"))
        let shown = try desk.judge("rejudging", "show", "rejudging-1")
        #expect(
            shown.output == """
                rejudging-1: applied, 1 of 1 judged, 1 changed (verdict WA)

                  before  after  submissions
                  WA      AC               1

                  submission  problem  user  before  after
                           1  sum      ada   WA      AC

                """)
        let undone = try desk.judge("rejudging", "undo", "rejudging-1", "--json")
        #expect(undone.output.contains("\"state\": \"undone\""))
        #expect(try desk.judge("result", "1").output.hasPrefix("submission 1: WA"))
        #expect(try desk.judge("rejudging", "apply", "rejudging-1").status == 0)
        #expect(try desk.judge("result", "1").output.hasPrefix("submission 1: AC"))
        let list = try desk.judge("rejudging", "list").output.split(separator: "\n")
        #expect(list.count == 2)
        #expect(list[1].hasSuffix("  applied            1        0       1        1  verdict WA"))
    }

    @Test("A held set is not applied before it is judged")
    func held() async throws {
        try await judged()
        let answer = try desk.judge("rejudge", "1", "--hold", "--name", "try it")
        #expect(
            answer.output
                == "try it: 1 submission to be judged again, and counts when it is applied\n")
        let looked = try desk.judge("rejudge", "1", "--name", "try it", "--preview")
        #expect(
            looked.output
                == "try it: held, 0 of 1 judged, 0 changed, 1 waiting (submissions 1)\n")
        let other = try desk.judge("rejudge", "--verdict", "WA", "--name", "try it", "--preview")
        #expect(other.status == 65)
        let early = try desk.judge("rejudging", "apply", "try it")
        #expect(early.status == 75)
        #expect(
            early.complaint
                == "judge: cannot apply rejudging \"try it\": 1 of its submissions are not judged "
                + "yet; wait for them, or cancel them\n")
        #expect(try desk.judge("result", "1", "--wait").output.hasPrefix("submission 1: WA"))
        #expect(
            try desk.judge("cancel", "1").output
                == "submission 1 is not judged again; what was decided before stays\n")
        #expect(try desk.judge("rejudging", "apply", "try it").status == 0)
        #expect(try desk.judge("result", "1").output.hasPrefix("submission 1: WA"))
    }

    @Test("What cannot be judged again is said in a sentence")
    func refused() async throws {
        try await judged()
        for (arguments, status, sentence) in [
            (["rejudge", "7"], 65, "there is no submission 7; see judge list"),
            (
                ["rejudge", "--problem", "sun"], 65,
                "there is no problem \"sun\"; did you mean sum?"
            ),
            (
                ["rejudging", "show", "x"], 65,
                "there is no rejudging \"x\"; see judge rejudging list"
            ),
        ] {
            let answer = try desk.judge(arguments)
            #expect(answer.status == Int32(status))
            #expect(answer.complaint == "judge: \(sentence)\n")
            #expect(answer.output.isEmpty)
        }
        let nothing = try desk.judge("rejudge", "--verdict", "TLE")
        #expect(nothing.status == 0)
        #expect(nothing.output == "nothing is to be judged again\n")
        _ = try desk.submit()
        let waiting = try desk.judge("rejudge", "2")
        #expect(waiting.status == 0)
        #expect(waiting.complaint == "judge: left out: 1 that are not judged yet\n")
    }
}
