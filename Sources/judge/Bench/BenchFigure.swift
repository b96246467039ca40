import Units

/// Times of one thing that was made many times.
struct BenchSamples {
    private var times: [Duration] = []

    mutating func add(_ time: Duration) { times.append(time) }

    /// - Parameter work: what is timed.
    mutating func time<Value>(_ work: () async throws -> Value) async rethrows -> Value {
        let start = ContinuousClock.now
        let value = try await work()
        add(start.duration(to: .now))
        return value
    }

    /// The time that this share of all does not exceed; zero when there is none.
    func quantile(_ share: Double) -> Duration {
        let sorted = times.sorted()
        guard let last = sorted.indices.last else { return .zero }
        return sorted[min(last, Int((Double(last) * share).rounded()))]
    }

    var median: Duration { quantile(0.5) }

    /// As many of those that were made first.
    func first(_ count: Int) -> BenchSamples { BenchSamples(times: Array(times.prefix(count))) }

    /// As many of those that were made last.
    func last(_ count: Int) -> BenchSamples { BenchSamples(times: Array(times.suffix(count))) }
}

/// One line of what a bench found.
struct BenchFigure {
    var name: String
    /// Of so many at one time.
    var slots = 1
    /// How long one took: the middle, and what nine of ten did not exceed; nil for rates.
    var median: Duration?
    var ninetieth: Duration?
    /// nil for times.
    var perSecond: Double?
    /// This divided by what `of` names.
    var ratio: Double?
    var of: String?

    init(
        _ name: String, _ samples: BenchSamples, beside floor: (name: String, BenchSamples)? = nil
    ) {
        self.name = name
        median = samples.median
        ninetieth = samples.quantile(0.9)
        guard let floor, floor.1.median > .zero else { return }
        ratio = samples.median / floor.1.median
        of = floor.name
    }

    init(
        _ name: String, slots: Int = 1, perSecond: Double,
        beside floor: (name: String, Double)? = nil
    ) {
        self.name = name
        self.slots = slots
        self.perSecond = perSecond
        guard let floor, floor.1 > 0 else { return }
        ratio = perSecond / floor.1
        of = floor.name
    }

    var json: JSON {
        .object([
            ("name", .string(name)), ("slots", JSON(slots)), ("median_us", JSON(median)),
            ("p90_us", JSON(ninetieth)), ("per_second", JSON(perSecond)), ("ratio", JSON(ratio)),
            ("ratio_to", JSON(of)),
        ])
    }

    static func table(_ figures: [BenchFigure]) -> TextTable {
        var table = TextTable([
            ("what", .left), ("slots", .right), ("median", .right), ("90 %", .right),
            ("per second", .right), ("ratio", .right), ("to", .left),
        ])
        for figure in figures {
            table.add([
                figure.name, "\(figure.slots)", time(figure.median), time(figure.ninetieth),
                figure.perSecond.map { number($0, $0 < 100 ? 1 : 0) } ?? "",
                figure.ratio.map { number($0, $0 < 0.1 ? 4 : 2) } ?? "", figure.of ?? "",
            ])
        }
        return table
    }

    private static func time(_ time: Duration?) -> String {
        time.map { number(Double($0.wholeMicroseconds) / 1_000, 3) + " ms" } ?? ""
    }

    private static func number(_ value: Double, _ digits: Int) -> String {
        var scale = 1
        for _ in 0..<digits { scale *= 10 }
        let whole = Int((value * Double(scale)).rounded())
        guard digits > 0 else { return "\(whole)" }
        let fraction = String(whole % scale + scale).dropFirst()
        return "\(whole / scale).\(fraction)"
    }
}
