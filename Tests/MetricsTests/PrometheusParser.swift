/// Reads the text format of Prometheus as strictly as its documentation has it: HELP, then TYPE, then the
/// samples of that family and no others.
struct PrometheusParser {
    struct Sample: Equatable {
        var name: String
        var labels: [String: String]
        var value: Double
    }

    struct Family {
        var name: String
        var help: String
        var kind: String
        var samples: [Sample] = []
    }

    struct Mistake: Error, CustomStringConvertible {
        var description: String
    }

    private(set) var families: [Family] = []

    init(_ text: String) throws {
        guard text.isEmpty || text.hasSuffix("\n") else {
            throw Mistake(description: "no last end")
        }
        var help: (name: String, text: String)?
        for line in text.split(separator: "\n", omittingEmptySubsequences: true) {
            if let match = line.firstMatch(of: /^# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)$/) {
                help = (String(match.output.1), String(match.output.2))
            } else if let match = line.firstMatch(
                of: /^# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram)$/)
            {
                guard let text = help, text.name == match.output.1,
                    !families.contains(where: { $0.name == text.name })
                else { throw Mistake(description: "TYPE without its HELP: \(line)") }
                families.append(
                    Family(name: text.name, help: text.text, kind: String(match.output.2)))
                help = nil
            } else {
                try addSample(line)
            }
        }
        for family in families where family.kind == "histogram" { try Self.check(family) }
    }

    private mutating func addSample(_ line: Substring) throws {
        guard
            let match = line.firstMatch(
                of: /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$/),
            let value = Self.number(String(match.output.3)), var family = families.popLast()
        else { throw Mistake(description: "no sample: \(line)") }
        let name = String(match.output.1)
        let suffixes = family.kind == "histogram" ? ["_bucket", "_sum", "_count"] : [""]
        guard suffixes.contains(where: { family.name + $0 == name }) else {
            throw Mistake(description: "\(name) is not of \(family.name)")
        }
        var labels: [String: String] = [:]
        var rest = match.output.2 ?? ""
        while !rest.isEmpty {
            guard
                let label = rest.firstMatch(
                    of: /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)",?/)
            else { throw Mistake(description: "no label: \(rest)") }
            labels[String(label.output.1)] = String(label.output.2)
            rest = rest[label.range.upperBound...]
        }
        let sample = Sample(name: name, labels: labels, value: value)
        guard !family.samples.contains(where: { $0.name == name && $0.labels == labels }) else {
            throw Mistake(description: "twice: \(line)")
        }
        family.samples.append(sample)
        families.append(family)
    }

    private static func number(_ text: String) -> Double? {
        switch text {
        case "+Inf": .infinity
        case "-Inf": -.infinity
        case "NaN": .nan
        default: Double(text)
        }
    }

    /// Buckets grow, the last is of all and equals the count.
    private static func check(_ family: Family) throws {
        var series: [[String: String]: [(bound: Double, value: Double)]] = [:]
        for sample in family.samples where sample.name == family.name + "_bucket" {
            var labels = sample.labels
            guard let bound = labels.removeValue(forKey: "le").flatMap(number) else {
                throw Mistake(description: "\(family.name) has a bucket without bound")
            }
            series[labels, default: []].append((bound, sample.value))
        }
        for (labels, buckets) in series {
            let count = family.samples.first {
                $0.name == family.name + "_count" && $0.labels == labels
            }
            let grows = zip(buckets, buckets.dropFirst()).allSatisfy {
                $0.bound < $1.bound && $0.value <= $1.value
            }
            let hasSum = family.samples.contains {
                $0.name == family.name + "_sum" && $0.labels == labels
            }
            guard grows, hasSum, buckets.last?.bound == .infinity,
                buckets.last?.value == count?.value
            else { throw Mistake(description: "\(family.name) \(labels) is no histogram") }
        }
    }
}
