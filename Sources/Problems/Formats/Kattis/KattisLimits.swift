import Units

/// The limits of problem.yaml, and the time limit from wherever a package states it.
struct KattisLimits {
    private(set) var limits = ProblemLimits()
    private(set) var timeLimit: Duration?
    /// Runs of one test at most; nil when it is not stated.
    private(set) var passes: Int?
    private(set) var warnings: [String] = []
    private var timeLimitSource = ""

    /// A day: what is longer is a mistake.
    private static let longest = 86_400.0
    /// 2^40 bytes in each unit.
    private static let mostMebibytes = 1_048_576.0
    private static let mostKibibytes = 1_073_741_824.0

    init(_ yaml: YAMLMap, family: KattisPackage.Family) throws(ProblemsError) {
        if family == .legacy {
            limits.acToTimeLimit = 5
            limits.timeLimitToTLE = 2
        }
        guard let map = try yaml.map("limits") else { return }
        try readSizes(map)
        try readTimes(map)
        var known: Set<String> = [
            "time_limit", "memory", "output", "code", "compilation_time", "compilation_memory",
            "validation_time", "validation_memory", "validation_output", "validation_passes",
        ]
        switch family {
        case .legacy:
            limits.acToTimeLimit = try factor("time_multiplier", map) ?? limits.acToTimeLimit
            limits.timeLimitToTLE = try factor("time_safety_margin", map) ?? limits.timeLimitToTLE
            known.formUnion(["time_multiplier", "time_safety_margin"])
        case .current:
            try readResolution(map)
            known.formUnion(["time_resolution", "time_multipliers"])
        }
        warnings += map.unknown(besides: known)
    }

    private mutating func readSizes(_ map: YAMLMap) throws(ProblemsError) {
        func mebibytes(_ name: String) throws(ProblemsError) -> ByteCount? {
            try map.number(name, atMost: Self.mostMebibytes).map {
                ByteCount(Int64($0 * 1_048_576))
            }
        }
        limits.memory = try mebibytes("memory") ?? limits.memory
        limits.output = try mebibytes("output") ?? limits.output
        limits.compilationMemory = try mebibytes("compilation_memory") ?? limits.compilationMemory
        limits.validationMemory = try mebibytes("validation_memory") ?? limits.validationMemory
        limits.validationOutput = try mebibytes("validation_output") ?? limits.validationOutput
        if let code = try map.number("code", atMost: Self.mostKibibytes) {
            limits.code = ByteCount(Int64(code * 1_024))
        }
    }

    private mutating func readTimes(_ map: YAMLMap) throws(ProblemsError) {
        func time(_ name: String) throws(ProblemsError) -> Duration? {
            try map.number(name, atMost: Self.longest).map(duration)
        }
        limits.compilationTime = try time("compilation_time") ?? limits.compilationTime
        limits.validationTime = try time("validation_time") ?? limits.validationTime
        timeLimit = try time("time_limit")
        timeLimitSource = "\(map.file):\(map.value("time_limit")?.line ?? 1)"
        guard let stated = try map.number("validation_passes", atMost: 1_000),
            let key = map.value("validation_passes")
        else { return }
        guard stated >= 2, stated.rounded() == stated else {
            throw map.error(key, "limits.validation_passes must be a whole number, 2 or more")
        }
        passes = Int(stated)
    }

    private mutating func readResolution(_ map: YAMLMap) throws(ProblemsError) {
        let resolution = try map.number("time_resolution", atMost: Self.longest)
        limits.timeResolution = resolution ?? limits.timeResolution
        if let factors = try map.map("time_multipliers") {
            let ac = try factor("ac_to_time_limit", factors)
            let late = try factor("time_limit_to_tle", factors)
            limits.acToTimeLimit = ac ?? limits.acToTimeLimit
            limits.timeLimitToTLE = late ?? limits.timeLimitToTLE
            warnings += factors.unknown(besides: ["ac_to_time_limit", "time_limit_to_tle"])
        }
        guard let key = map.value("time_limit"),
            let seconds = try map.number("time_limit", atMost: Self.longest)
        else { return }
        let steps = seconds / limits.timeResolution
        guard abs(steps - steps.rounded()) > 1e-6 else { return }
        let sentence =
            "time_limit is not a multiple of the time_resolution of "
            + "\(limits.timeResolution) s"
        guard resolution == nil else { throw map.error(key, sentence) }
        warnings.append("\(map.file):\(key.line): \(sentence), the format's default")
    }

    private func factor(_ name: String, _ map: YAMLMap) throws(ProblemsError) -> Double? {
        try map.number(name, atMost: 1_000)
    }

    /// DOMjudge's files: `domjudge-problem.ini` with `timelimit = 2.5`, and `.timelimit` with the
    /// number alone. problem.yaml comes first, then the former.
    mutating func readTimeLimitFiles(of root: PackageDirectory) throws(ProblemsError) {
        if let entry = try root.entry("domjudge-problem.ini"), entry.kind == .file {
            for (index, line) in try lines(of: entry).enumerated() {
                let parts = line.split(separator: "=", maxSplits: 1).map(trimmed)
                guard parts.count == 2, parts[0] == "timelimit" else { continue }
                try take(parts[1], from: entry.shown, line: index + 1)
            }
        }
        if let entry = try root.entry(".timelimit"), entry.kind == .file {
            try take(trimmed(try lines(of: entry).first ?? ""), from: entry.shown, line: 1)
        }
    }

    private mutating func take(
        _ text: String, from file: String, line: Int
    ) throws(ProblemsError) {
        guard let seconds = Double(text), seconds > 0, seconds <= Self.longest else {
            throw ProblemsError(
                "the time limit \"\(text)\" is not a number of seconds above 0", file: file,
                line: line)
        }
        guard let timeLimit else {
            timeLimit = duration(seconds)
            timeLimitSource = "\(file):\(line)"
            return
        }
        if timeLimit != duration(seconds) {
            warnings.append(
                "\(file):\(line): states another time limit than \(timeLimitSource), which counts")
        }
    }
}

private func duration(_ seconds: Double) -> Duration {
    .microseconds(Int64((seconds * 1_000_000).rounded(.up)))
}

private func lines(of entry: PackageEntry) throws(ProblemsError) -> [Substring] {
    String(decoding: try readFile(entry, atMost: 64 << 10), as: UTF8.self)
        .split(separator: "\n", omittingEmptySubsequences: false)
}

private func trimmed(_ text: Substring) -> String {
    let dropped: (Character) -> Bool = { $0.isWhitespace || $0 == "\"" || $0 == "'" }
    var rest = text.drop(while: dropped)
    while let last = rest.last, dropped(last) { rest.removeLast() }
    return String(rest)
}
