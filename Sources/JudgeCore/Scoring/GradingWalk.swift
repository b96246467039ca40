/// Walks the tree of tests: says which test comes next, and grades every group when it ends.
///
/// Pure: the same results give the same walk. Judging asks it what to run; after all tests were run
/// anyway it is walked once more, so that a judgement never depends on tests that a normal judging
/// would have left out. A judge error ends the walk.
///
/// A package's own grader is a program, which the walk cannot run: it stops with a question and goes on
/// when it is told the answer.
package struct GradingWalk: Sendable {
    private struct Frame: Sendable {
        var group: TestGroup
        var position = 0
        var grades: [Grade] = []
        var ended = false
    }

    private var stack: [Frame]
    /// Of every group that ended, or that was left out, by its name.
    package private(set) var grades: [String: Grade] = [:]
    /// Of the whole tree; nil while tests are missing.
    package private(set) var grade: Grade?
    /// What the package's own grader is to be asked before the walk goes on.
    package private(set) var question: GraderQuestion?
    /// What graders said, by the group's name.
    private var answers: [String: Grade]

    /// - Parameter answers: what graders said of groups in a walk before.
    package init(_ root: TestGroup, graders answers: [String: Grade] = [:]) {
        stack = [Frame(group: root)]
        self.answers = answers
    }

    /// Takes the grader's answer to `question`.
    package mutating func answer(_ grade: Grade) {
        guard let group = question?.group else { return }
        answers[group] = grade
        question = nil
    }

    /// The test to judge now; nil when the walk has ended, or stopped at a question. Asked again it
    /// answers the same.
    ///
    /// - Throws: when a group cannot be graded.
    package mutating func next() throws(GradingError) -> Int? {
        while let frame = stack.popLast() {
            guard !frame.ended, frame.position < frame.group.members.count else {
                if let question = unanswered(frame) {
                    self.question = question
                    stack.append(frame)
                    return nil
                }
                let grade = try grade(of: frame)
                grades[frame.group.name] = grade
                if stack.isEmpty { self.grade = grade } else { add(grade) }
                continue
            }
            let member = frame.group.members[frame.position]
            switch member {
            case .test(let index):
                stack.append(frame)
                return index
            case .group(let group):
                if let missing = unmet(group) {
                    stack.append(frame)
                    grades[group.name] = Grade(missing, 0)
                    add(Grade(missing, 0))
                } else {
                    stack.append(frame)
                    stack.append(Frame(group: group))
                }
            }
        }
        return nil
    }

    /// Takes the result of the test that `next` named.
    ///
    /// - Returns: the test's score.
    /// - Throws: when the validator's score is not allowed.
    package mutating func take(
        _ verdict: Verdict, given: GivenScore = .none
    ) throws(GradingError) -> Double {
        guard let frame = stack.last else { return 0 }
        let score: Double
        switch frame.group.rule {
        case .legacy(let rule):
            switch given {
            case .points(let points) where verdict == .accepted: score = points
            case .points, .multiplier, .none:
                score = verdict == .accepted ? rule.acceptScore : rule.rejectScore
            }
        case .whole, .total:
            score = 0
        case .polygon(let rule):
            score = try rule.score(of: verdict, given: given, place: frame.position)
        case .points(let rule):
            let cases = rule.staticValidationScore == nil ? 0 : 1
            score = try rule.score(
                of: verdict, given: given, testCount: frame.group.members.count - cases,
                isStatic: frame.position < cases)
        }
        add(Grade(verdict, score))
        return score
    }

    /// Counts a member of the topmost group as judged.
    private mutating func add(_ grade: Grade) {
        let top = stack.count - 1
        guard top >= 0 else { return }
        stack[top].grades.append(grade)
        stack[top].position += 1
        guard grade.verdict != .accepted else { return }
        if grade.verdict == .judgeError {
            for index in stack.indices { stack[index].ended = true }
        }
        if stack[top].group.rule.endsAtFailure { stack[top].ended = true }
    }

    /// What is to be asked about a group that has ended. Groups without members, and those with a judge
    /// error, need no grader.
    private func unanswered(_ frame: Frame) -> GraderQuestion? {
        guard case .legacy(let rule) = frame.group.rule, let flags = rule.ownGraderFlags,
            !frame.grades.isEmpty, !frame.grades.contains(where: { $0.verdict == .judgeError }),
            answers[frame.group.name] == nil
        else { return nil }
        return GraderQuestion(group: frame.group.name, flags: flags, members: frame.grades)
    }

    /// What the first required group that was not passed came to.
    private func unmet(_ group: TestGroup) -> Verdict? {
        for name in group.rule.required {
            let verdict = grades[name]?.verdict ?? .accepted
            if verdict != .accepted { return verdict }
        }
        return nil
    }

    private func grade(of frame: Frame) throws(GradingError) -> Grade {
        let name = frame.group.name.isEmpty ? "data" : "data/" + frame.group.name
        do throws(GradingError) {
            let grade = try graded(frame)
            // Each score is a number, but their sum may be none.
            guard grade.score.isFinite else {
                throw GradingError("its points together are \(grade.score), which is no number")
            }
            return grade
        } catch {
            throw GradingError("\(name): \(error.description)")
        }
    }

    private func graded(_ frame: Frame) throws(GradingError) -> Grade {
        switch frame.group.rule {
        case .whole:
            return PointsRule.grade(ofWhole: frame.grades)
        case .total:
            return PolygonRule.grade(ofAll: frame.grades)
        case .polygon(let rule):
            return rule.grade(frame.grades)
        case .points(let rule):
            return try rule.grade(frame.grades)
        case .legacy(let rule):
            let flags = rule.ownGraderFlags == nil ? rule.flags : GraderFlags()
            let own = rule.ownGraderFlags.flatMap { _ in answers[frame.group.name] }
            let standard = try flags.grade(frame.grades)
            let grade = own ?? standard
            guard grade.verdict != .accepted || rule.range.contains(grade.score) else {
                throw GradingError(
                    "gives \(grade.score) points, outside its range of \(rule.range)")
            }
            return grade
        }
    }
}
