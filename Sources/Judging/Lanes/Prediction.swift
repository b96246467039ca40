import JudgeCore

/// Which tests a judging will ask for after those that it has asked for, if all goes as is likely:
/// what is not known is accepted.
///
/// Nothing is decided by it: it says what to run ahead.
struct Prediction: Sendable {
    /// What is known of a test; nil: nothing.
    typealias Known = (Int) -> TestResult?

    private var walk: GradingWalk
    /// Whether it ended because nobody can say what comes next.
    private(set) var isLost = false

    init(_ walk: GradingWalk) {
        self.walk = walk
    }

    /// The next test in the walk's order, also one that is known; nil: there is none.
    mutating func next(_ known: Known) -> Int? {
        do throws(GradingError) {
            while true {
                if let index = try walk.next() {
                    try take(known(index))
                    return index
                }
                guard let question = walk.question else { return nil }
                let points = question.members.reduce(0) { $0 + $1.score }
                walk.answer(Grade(.accepted, points))
            }
        } catch {
            isLost = true
            return nil
        }
    }

    private mutating func take(_ result: TestResult?) throws(GradingError) {
        if let result {
            _ = try walk.take(result.verdict, given: result.given)
            return
        }
        do throws(GradingError) {
            _ = try walk.take(.accepted)
        } catch {
            // Where validators give the points, there are none without.
            _ = try walk.take(.accepted, given: .points(0))
        }
    }
}
