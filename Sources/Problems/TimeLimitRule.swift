/// How a package's time limit comes from what its examples use.
package enum TimeLimitRule {
    /// The smallest multiple of the time resolution, at least one, that is `acToTimeLimit` times
    /// the slowest use of CPU time or more. In legacy formats the resolution is one second.
    ///
    /// `rule.acToTimeLimit` and `rule.timeResolution` are positive.
    package static func limit(slowest: Duration, rule: ProblemLimits) -> Duration {
        let parts = slowest.components
        let seconds = Double(parts.seconds) + Double(parts.attoseconds) / 1e18
        // A product that is a multiple but for rounding counts as that multiple.
        let steps = (seconds * rule.acToTimeLimit / rule.timeResolution - 1e-9).rounded(.up)
        let limit = max(1, steps) * rule.timeResolution
        return .microseconds(Int64((limit * 1_000_000).rounded()))
    }
}
