package import Units

/// All that one attempt decided about a submission.
package struct Judgement: Sendable, Equatable {
    package var verdict: Verdict
    /// nil in pass-fail problems.
    package var score: Double?
    /// nil only for `accepted`.
    package var reason: Reason?
    /// Highest of the tests that were run; nil when none was.
    package var cpuTime: Duration?
    package var wallTime: Duration?
    package var memoryPeak: ByteCount?
    /// nil when the judging ended before the compiler ran.
    package var compile: CompileResult?
    /// In the order they were judged; tests that were not run are absent.
    package var tests: [TestResult]
    /// Under what it was made, as JSON; nil where nobody says so, as in what is read from the store.
    package var conditions: String?
    /// Whether what the compiler and checkers said was taken away, as it was old; it is empty then.
    package var isPruned = false

    package init(
        verdict: Verdict, score: Double? = nil, reason: Reason?, cpuTime: Duration? = nil,
        wallTime: Duration? = nil, memoryPeak: ByteCount? = nil, compile: CompileResult? = nil,
        tests: [TestResult] = []
    ) {
        self.verdict = verdict
        self.score = score
        self.reason = reason
        self.cpuTime = cpuTime
        self.wallTime = wallTime
        self.memoryPeak = memoryPeak
        self.compile = compile
        self.tests = tests
    }
}

/// What the compiler did.
package struct CompileResult: Sendable, Equatable {
    package var ok: Bool
    package var cpuTime: Duration
    package var memoryPeak: ByteCount
    /// Standard output and error of the compiler, cut at a stated size, invalid UTF-8 replaced.
    package var output: String

    package init(ok: Bool, cpuTime: Duration, memoryPeak: ByteCount, output: String) {
        self.ok = ok
        self.cpuTime = cpuTime
        self.memoryPeak = memoryPeak
        self.output = output
    }
}

/// What one test said.
package struct TestResult: Sendable, Equatable {
    /// Path below `data/` without ending: `secret/02`.
    package var name: String
    /// Directory of the test below `data/`: `secret`.
    package var group: String
    package var verdict: Verdict
    package var score: Double?
    package var reason: Reason?
    package var cpuTime: Duration
    package var wallTime: Duration
    package var memoryPeak: ByteCount
    package var exitCode: Int32?
    package var signal: Int32?
    /// What the checker says to judges.
    package var checkerMessage: String
    /// What the checker says to the submitter.
    package var teamMessage: String
    /// What the output validator gave, from which the score is made.
    package var given: GivenScore
    /// What was said in an interactive problem; empty in others.
    package var transcript = Transcript()
    /// What is kept of what the run wrote; a result that is read from the store has none.
    package var outputs: [KeptOutput]
    /// All runs, in order, where there was more than one; of these `cpuTime` is the median of those that
    /// count, and everything else is of the run that was judged.
    package var samples: [TimeSample] = []

    package init(
        name: String, group: String, verdict: Verdict, score: Double? = nil,
        reason: Reason? = nil, cpuTime: Duration = .zero, wallTime: Duration = .zero,
        memoryPeak: ByteCount = .zero, exitCode: Int32? = nil, signal: Int32? = nil,
        checkerMessage: String = "", teamMessage: String = "", given: GivenScore = .none,
        outputs: [KeptOutput] = []
    ) {
        self.name = name
        self.group = group
        self.verdict = verdict
        self.score = score
        self.reason = reason
        self.cpuTime = cpuTime
        self.wallTime = wallTime
        self.memoryPeak = memoryPeak
        self.exitCode = exitCode
        self.signal = signal
        self.checkerMessage = checkerMessage
        self.teamMessage = teamMessage
        self.given = given
        self.outputs = outputs
    }
}
