package import JudgeCore

/// Which submissions to judge again: those of `ids`, or all that pass the rest, of which nil admits
/// all.
package struct RejudgingSelection: Sendable, Equatable {
    package var ids: [Int64]
    package var problem: String?
    /// Of the judgement that counts.
    package var verdict: Verdict?
    package var language: String?

    package init(
        ids: [Int64] = [], problem: String? = nil, verdict: Verdict? = nil, language: String? = nil
    ) {
        self.ids = ids
        self.problem = problem
        self.verdict = verdict
        self.language = language
    }

    /// How a set says what it was made of; equal for equal selections.
    package var text: String {
        guard ids.isEmpty else {
            return "submissions " + Set(ids).sorted().map(String.init).joined(separator: " ")
        }
        return [
            problem.map { "problem \($0)" }, verdict.map { "verdict \($0.rawValue)" },
            language.map { "language \($0)" },
        ].compactMap(\.self).joined(separator: ", ")
    }
}

/// A set of submissions that are judged again, about to be made.
package struct NewRejudging: Sendable, Equatable {
    package var selection: RejudgingSelection
    /// nil for one by number.
    package var name: String?
    /// Whether its judgements count only when the set is applied.
    package var isHeld: Bool

    package init(selection: RejudgingSelection, name: String? = nil, isHeld: Bool = false) {
        self.selection = selection
        self.name = name
        self.isHeld = isHeld
    }

    /// So many submissions at most are in one set, which is made in one transaction.
    package static let submissionsAtMost = 100_000
}

/// Whether the judgements of a set are what counts.
package enum RejudgingState: String, Sendable, CaseIterable {
    /// They do not until the set is applied.
    case held
    /// Each does as soon as it is made.
    case applied
    /// They do not any more.
    case undone
}

/// A set of submissions that are judged again.
package struct Rejudging: Sendable, Equatable {
    package var name: String
    /// What it was made of, in words.
    package var selection: String
    package var state: RejudgingState
    package var createdAt: Instant
    /// In all.
    package var submissions: Int
    /// That wait or run now.
    package var waiting: Int
    package var judged: Int
    /// That no attempt succeeded at; what counted before counts on.
    package var failed: Int
    package var cancelled: Int
    /// Judged with another verdict or score than before.
    package var changed: Int

    package init(
        name: String, selection: String, state: RejudgingState, createdAt: Instant,
        submissions: Int, waiting: Int, judged: Int, failed: Int, cancelled: Int, changed: Int
    ) {
        self.name = name
        self.selection = selection
        self.state = state
        self.createdAt = createdAt
        self.submissions = submissions
        self.waiting = waiting
        self.judged = judged
        self.failed = failed
        self.cancelled = cancelled
        self.changed = changed
    }
}

/// What asking for a rejudging came to.
package struct RejudgingAnswer: Sendable, Equatable {
    /// nil when there is nothing to judge again.
    package var set: Rejudging?
    /// False when the same was asked for before, and nothing was done.
    package var isNew: Bool
    /// Submissions of the selection that wait or run anyway.
    package var unsettled: Int
    /// Submissions of the selection whose problem is not installed any more.
    package var withoutProblem: Int

    package init(set: Rejudging?, isNew: Bool, unsettled: Int = 0, withoutProblem: Int = 0) {
        self.set = set
        self.isNew = isNew
        self.unsettled = unsettled
        self.withoutProblem = withoutProblem
    }
}

/// One submission of a set, or one that would be in it: what was decided before, and what now.
package struct RejudgedSubmission: Sendable, Equatable {
    package struct Decision: Sendable, Equatable {
        package var verdict: Verdict
        package var score: Double?

        package init(verdict: Verdict, score: Double? = nil) {
            self.verdict = verdict
            self.score = score
        }
    }

    package var submission: Int64
    package var problem: String
    package var language: String
    package var user: String?
    /// Of its new judging; nil while there is none.
    package var state: JobState?
    package var before: Decision?
    package var after: Decision?
    /// Whether the package has changed since the judgement before.
    package var hasNewPackage: Bool

    package init(
        submission: Int64, problem: String, language: String, user: String?, state: JobState?,
        before: Decision?, after: Decision?, hasNewPackage: Bool
    ) {
        self.submission = submission
        self.problem = problem
        self.language = language
        self.user = user
        self.state = state
        self.before = before
        self.after = after
        self.hasNewPackage = hasNewPackage
    }

    /// Whether it is judged with another verdict or score than before.
    package var isChanged: Bool { state == .done && after != before }
}
