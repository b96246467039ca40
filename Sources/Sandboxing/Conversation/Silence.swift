import Linux

/// Finds out whether a silence can end by itself.
///
/// It cannot when every thread of every run waits in a call without a time limit and has not had the
/// processor between two looks. Whoever moves a run's output must not have had it either, so that
/// nothing is on its way. A program that sleeps will wake; one that computes will speak or be stopped
/// by its own limit; a call at a socket may have a time limit, and a connection something to send. An
/// alarm that a program set itself is not seen, and does not count.
struct Silence {
    private let watches: [RunWatch]
    private(set) var nextLook: Int64
    private var interval: Int64 = Self.shortest
    private var last: [[RunTask]]?

    private static let shortest: Int64 = 20_000_000
    private static let longest: Int64 = 640_000_000

    init(watches: [RunWatch]) {
        self.watches = watches
        nextLook = monotonicNanoseconds() + Self.shortest
    }

    /// Something was said, or somebody has gone.
    mutating func isBroken() {
        interval = Self.shortest
        last = nil
        nextLook = monotonicNanoseconds() + interval
    }

    func isDue(now: Int64) -> Bool { now >= nextLook }

    /// Looks once; the second look in a row that sees the same is the answer.
    ///
    /// - Parameter runs: which ones still go on.
    mutating func isStalled(_ runs: [Int], now: Int64) -> Bool {
        let seen = look(at: runs)
        let isSame = seen != nil && seen == last
        last = seen
        // A first look that saw everybody waiting has its second one soon.
        let isFirst = seen != nil && !isSame
        if !isFirst { interval = min(interval * 2, Self.longest) }
        nextLook = now + (isFirst ? Self.shortest : interval)
        guard isSame, let seen else { return false }
        guard zip(runs, seen).allSatisfy({ run, tasks in !watches[run].mayWake(tasks) }) else {
            return false
        }
        // What came between that look and the question has woken somebody before it was acknowledged.
        return look(at: runs) == seen
    }

    /// nil when somebody does something, or cannot be looked at.
    private func look(at runs: [Int]) -> [[RunTask]]? {
        var seen: [[RunTask]] = []
        for run in runs {
            var tasks = watches[run].tasks()
            // Nobody is there yet, or any more.
            guard tasks.contains(where: { !$0.hasEnded }),
                tasks.allSatisfy(\.waitsEndlessly), var mover = watches[run].moverTask(),
                mover.state == "S"
            else { return nil }
            // It waits with a time limit, and for something else each time.
            mover.call = nil
            tasks.append(mover)
            seen.append(tasks)
        }
        return seen
    }
}
