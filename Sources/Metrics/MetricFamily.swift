// Theory of operation. A metric is a value that others read now and then: whoever counts keeps plain
// numbers and histograms, and makes families of them when they are asked for. `PrometheusText` writes
// families, `MetricsServer` hands the text out. Nothing here knows what is counted.

/// All series of one name, as Prometheus has it.
package struct MetricFamily: Sendable, Equatable {
    package enum Kind: String, Sendable {
        /// Only grows; its name ends in `_total`.
        case counter
        case gauge
        case histogram
    }

    /// One series. Labels keep their order.
    package struct Sample: Sendable, Equatable {
        /// Behind the family's name: empty, or a histogram's `_bucket`, `_sum` or `_count`.
        package var suffix: String
        package var labels: [Label]
        package var value: Double

        package init(_ value: Double, labels: [Label] = [], suffix: String = "") {
            self.suffix = suffix
            self.labels = labels
            self.value = value
        }
    }

    package struct Label: Sendable, Equatable {
        package var name: String
        package var value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package var name: String
    /// One sentence for people.
    package var help: String
    package var kind: Kind
    package var samples: [Sample]

    package init(_ name: String, _ kind: Kind, help: String, samples: [Sample]) {
        self.name = name
        self.kind = kind
        self.help = help
        self.samples = samples
    }

    /// A family of one series without labels.
    package init(_ name: String, _ kind: Kind, help: String, value: Double) {
        self.init(name, kind, help: help, samples: [Sample(value)])
    }
}

/// How many values were at most so large, for fixed bounds.
package struct Histogram: Sendable, Equatable {
    /// Upper bounds, ascending; above the last is one bucket more.
    package let bounds: [Double]
    private var counts: [Int]
    private var sum: Double = 0

    package init(bounds: [Double]) {
        self.bounds = bounds
        counts = Array(repeating: 0, count: bounds.count + 1)
    }

    package mutating func observe(_ value: Double) {
        let bucket = bounds.firstIndex { value <= $0 } ?? bounds.count
        counts[bucket] += 1
        sum += value
    }

    /// Cumulative buckets, sum and count, with `labels` on each.
    package func samples(labels: [MetricFamily.Label] = []) -> [MetricFamily.Sample] {
        var samples: [MetricFamily.Sample] = []
        var total = 0
        for (index, count) in counts.enumerated() {
            total += count
            let bound = index < bounds.count ? PrometheusText.number(bounds[index]) : "+Inf"
            samples.append(
                .init(Double(total), labels: labels + [.init("le", bound)], suffix: "_bucket"))
        }
        return samples + [
            .init(sum, labels: labels, suffix: "_sum"),
            .init(Double(total), labels: labels, suffix: "_count"),
        ]
    }
}
