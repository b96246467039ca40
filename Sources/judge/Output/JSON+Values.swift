import JudgeCore
import Units

extension JSON {
    /// Whole microseconds.
    init(_ value: Duration?) { self.init(value?.wholeMicroseconds) }

    init(_ value: ByteCount?) { self.init(value?.bytes) }

    init(_ value: Instant?) { self.init(value?.iso8601) }

    init(_ reason: Reason?) {
        self =
            reason.map {
                .object([("code", .string($0.code.rawValue)), ("text", .string($0.text))])
            } ?? .null
    }

    /// - Parameter isPruned: whether what the compiler said was taken away.
    init(_ result: CompileResult?, isPruned: Bool = false) {
        self =
            result.map {
                .object([
                    ("ok", .bool($0.ok)), ("cpu_time_us", JSON($0.cpuTime)),
                    ("memory_peak_bytes", JSON($0.memoryPeak)),
                    ("output", isPruned ? .null : .string($0.output)),
                ])
            } ?? .null
    }

    init(_ sample: TimeSample) {
        self = .object([
            ("use", .string(sample.use.rawValue)), ("cpu_time_us", JSON(sample.cpuTime)),
            ("wall_time_us", JSON(sample.wallTime)), ("steal_us", JSON(sample.stolenTime)),
            ("waiting_us", JSON(sample.waitingTime)),
        ])
    }

    /// - Parameter isPruned: whether what checkers said was taken away.
    init(
        _ tests: [TestResult], _ transcripts: TranscriptChoice = .none, isPruned: Bool = false
    ) {
        func said(_ text: String) -> JSON { isPruned ? .null : .string(text) }
        self = .array(
            tests.map { test in
                let shown = transcripts.json(of: test).map { [("transcript", $0)] } ?? []
                return .object(
                    [
                        ("name", .string(test.name)), ("group", .string(test.group)),
                        ("verdict", .string(test.verdict.rawValue)), ("score", JSON(test.score)),
                        ("reason", JSON(test.reason)), ("cpu_time_us", JSON(test.cpuTime)),
                        ("wall_time_us", JSON(test.wallTime)),
                        ("memory_peak_bytes", JSON(test.memoryPeak)),
                        ("exit_code", JSON(test.exitCode)), ("signal", JSON(test.signal)),
                        ("checker_message", said(test.checkerMessage)),
                        ("team_message", said(test.teamMessage)),
                        ("samples", .array(test.samples.map { JSON($0) })),
                    ] + shown)
            })
    }
}
