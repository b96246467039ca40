import Units

/// One of several runs of a program on one test, which together decide what time it takes.
package struct TimeSample: Sendable, Equatable {
    /// Raw values are those of JSON and of the view `test_samples`.
    package enum Use: String, Sendable, CaseIterable {
        /// Its CPU time is one of those whose median decides.
        case counted
        /// The machine kept it from going on, so that its being late says nothing.
        case disturbed
        /// It did not do what the run that is judged did, so that its time is of something else.
        case different
    }

    package var use: Use
    package var cpuTime: Duration
    package var wallTime: Duration
    /// As in the report of a run; nil where the kernel does not say.
    package var stolenTime: Duration?
    package var waitingTime: Duration?

    package init(
        _ use: Use, cpuTime: Duration, wallTime: Duration, stolenTime: Duration? = nil,
        waitingTime: Duration? = nil
    ) {
        self.use = use
        self.cpuTime = cpuTime
        self.wallTime = wallTime
        self.stolenTime = stolenTime
        self.waitingTime = waitingTime
    }
}

extension [TimeSample] {
    /// The middle of the CPU times that count, the smaller one of two; nil where none does.
    package var decidingTime: Duration? {
        let times = filter { $0.use == .counted }.map(\.cpuTime).sorted()
        return times.isEmpty ? nil : times[(times.count - 1) / 2]
    }

    /// Every run in words: `3 runs: 1.010 s, 0.995 s, 1.020 s (disturbed)`.
    package var text: String {
        let times = map { sample in
            sample.cpuTime.secondsText
                + (sample.use == .counted ? "" : " (\(sample.use.rawValue))")
        }
        return "\(count) runs: \(times.joined(separator: ", "))"
    }
}
