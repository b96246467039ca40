import JudgeCore
import Problems
import Units

/// How far a time limit is from what the examples use, on both sides.
package struct TimeMargins: Sendable, Equatable {
    /// What one example used on the test where it used most.
    package struct Use: Sendable, Equatable {
        package var path: String
        package var test: String
        package var cpuTime: Duration
        /// How many times the smaller of this and the limit is in the larger.
        package var ratio: Double
        /// Whether all tests that count were run; else it may use more on others.
        package var isWhole: Bool
    }

    /// The most that an example used on a test where it must not be too slow.
    package var slowest: Use?
    /// The least that an example used which must be too slow, on the slowest of its tests; programs
    /// that were stopped would have used more. Those that waited or printed too much are left out. nil
    /// where the package states its limit, at which programs are stopped.
    package var fastest: Use?

    package init(slowest: Use? = nil, fastest: Use? = nil) {
        self.slowest = slowest
        self.fastest = fastest
    }

    /// Of a time limit and what was judged.
    ///
    /// - Parameters:
    ///   - inTime: examples whose tests of a lower bound count.
    ///   - late: examples whose tests of an upper bound count.
    ///   - tests: all of the problem.
    init(
        limit: Duration, inTime: [(ExampleSubmission, Judgement)],
        late: [(ExampleSubmission, Judgement)], tests: [TestCase]
    ) {
        slowest = inTime.compactMap { Self.use(of: $0, .lower, tests) }
            .max { $0.cpuTime < $1.cpuTime }
            .map { use in
                var use = use
                use.ratio = limit / max(use.cpuTime, .microseconds(1))
                return use
            }
        fastest = late.compactMap { Self.use(of: $0, .upper, tests) }
            .min { $0.cpuTime < $1.cpuTime }
            .map { use in
                var use = use
                use.ratio = use.cpuTime / limit
                return use
            }
    }

    private static func use(
        of judged: (example: ExampleSubmission, judgement: Judgement),
        _ bound: ExampleExpectation.TimeBound, _ tests: [TestCase]
    ) -> Use? {
        let expectations = judged.example.expectations.filter { $0.bound == bound }
        func counts(_ test: String) -> Bool { expectations.contains { $0.speaks(of: test) } }
        let results = judged.judgement.tests.filter { counts($0.name) }
        guard let most = results.max(by: { $0.cpuTime < $1.cpuTime }) else { return nil }
        // How much more CPU time these would have used is not known.
        let unknown: [ReasonCode] = [.wallTime, .idle, .outputLimit]
        let isKnown = !results.contains { $0.reason.map { unknown.contains($0.code) } ?? false }
        guard bound == .lower || isKnown else { return nil }
        return Use(
            path: judged.example.path, test: most.name, cpuTime: most.cpuTime, ratio: 1,
            isWhole: results.count == tests.count { counts($0.name) })
    }
}
