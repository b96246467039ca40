import JudgeCore
import Units

// Keys, kinds and ranges of every section but the languages'. Defaults are in judge.conf alone.

extension DatabaseSection: Decodable {
    enum CodingKeys: String, CodingKey, CaseIterable { case path }

    package init(from decoder: any Decoder) throws {
        path = try SectionReader<CodingKeys>(decoder).text(.path)
    }
}

extension ProblemsSection: Decodable {
    enum CodingKeys: String, CodingKey, CaseIterable { case directory }

    package init(from decoder: any Decoder) throws {
        directory = try SectionReader<CodingKeys>(decoder).text(.directory)
    }
}

extension QueueSection: Decodable {
    enum CodingKeys: String, CodingKey, CaseIterable { case high, normal, low, rejudging }

    package init(from decoder: any Decoder) throws {
        let section = try SectionReader<CodingKeys>(decoder)
        high = try section.number(.high, in: 1...1_000)
        normal = try section.number(.normal, in: 1...1_000)
        low = try section.number(.low, in: 1...1_000)
        rejudging = try section.number(.rejudging, in: 1...1_000)
    }
}

extension WorkerSection: Decodable {
    enum CodingKeys: String, CodingKey, CaseIterable {
        case slots, name, lease, attempts, stop, log
        case repeatShare = "repeat_share"
        case spreadTests = "spread_tests"
    }

    package init(from decoder: any Decoder) throws {
        let section = try SectionReader<CodingKeys>(decoder)
        slots = try section.number(.slots, in: 1...Self.slotsAtMost)
        name = try section.textOrAuto(.name)
        lease = try section.time(.lease, in: .seconds(2)...(.seconds(86_400)))
        attempts = try section.number(.attempts, in: 1...100)
        stop = try section.time(.stop, in: .seconds(1)...(.seconds(3_600)))
        log = try section.word(.log)
        repeatShare = try section.factor(.repeatShare, in: 0...1)
        spreadTests = try section.flag(.spreadTests)
    }

    /// More slots than any machine has processors for.
    package static let slotsAtMost = 1_024
}

extension SandboxSection: Decodable {
    enum CodingKeys: String, CodingKey, CaseIterable {
        case helper, cgroup
        case firstIdentity = "first_identity"
        case bindProcessors = "bind_processors"
        case boxSize = "box_size"
        case tmpSize = "tmp_size"
        case fileSize = "file_size"
        case openFiles = "open_files"
        case readOnly = "read_only"
    }

    package init(from decoder: any Decoder) throws {
        let section = try SectionReader<CodingKeys>(decoder)
        helper = try section.textOrAuto(.helper)
        cgroup = try section.textOrAuto(.cgroup)
        bindProcessors = try section.flag(.bindProcessors)
        firstIdentity = UInt32(
            clamping: try section.number(.firstIdentity, in: 1_000...2_000_000_000))
        boxSize = try section.size(.boxSize, in: .mebibytes(1)...(.gibibytes(64)))
        tmpSize = try section.size(.tmpSize, in: .kibibytes(64)...(.gibibytes(64)))
        fileSize = try section.size(.fileSize, in: .kibibytes(4)...(.gibibytes(64)))
        openFiles = try section.number(.openFiles, in: 8...20_000)
        readOnly = try section.texts(.readOnly).map { text in
            guard let mount = ReadOnlyMount(text) else {
                throw section.mistake(
                    .readOnly,
                    "\"\(text)\" is not a mount: write \"HOST:INSIDE\" with two absolute paths")
            }
            return mount
        }
    }
}

extension ReadOnlyMount {
    /// Reads `HOST:INSIDE`; nil unless both are absolute and free of `..`.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2,
            parts.allSatisfy({ $0.hasPrefix("/") && !$0.split(separator: "/").contains("..") })
        else { return nil }
        self.init(host: parts[0], inside: parts[1])
    }
}

extension LimitsSection: Decodable {
    enum CodingKeys: String, CodingKey, CaseIterable {
        case wallFactor = "wall_factor"
        case wallMinimum = "wall_minimum"
        case timeBand = "time_band"
        case timeRepeats = "time_repeats"
        case disturbedSteal = "disturbed_steal"
        case disturbedWaiting = "disturbed_waiting"
        case measuringLimit = "measuring_limit"
    }

    package init(from decoder: any Decoder) throws {
        let section = try SectionReader<CodingKeys>(decoder)
        wallFactor = try section.factor(.wallFactor, in: 1...100)
        wallMinimum = try section.time(.wallMinimum, in: .zero...(.seconds(3_600)))
        timeBand = try section.factor(.timeBand, in: 0...0.5)
        timeRepeats = try section.number(.timeRepeats, in: 0...20)
        disturbedSteal = try section.factor(.disturbedSteal, in: 0...1)
        disturbedWaiting = try section.factor(.disturbedWaiting, in: 0...1)
        measuringLimit = try section.time(.measuringLimit, in: .seconds(1)...(.seconds(3_600)))
    }
}

extension CompileSection: Decodable {
    enum CodingKeys: String, CodingKey, CaseIterable {
        case processes, output, cache
        case cacheSize = "cache_size"
        case openFiles = "open_files"
        case wallFactor = "wall_factor"
        case productSize = "product_size"
        case tmpSize = "tmp_size"
        case outputKept = "output_kept"
    }

    package init(from decoder: any Decoder) throws {
        let section = try SectionReader<CodingKeys>(decoder)
        processes = try section.number(.processes, in: 1...10_000)
        openFiles = try section.number(.openFiles, in: 8...20_000)
        wallFactor = try section.factor(.wallFactor, in: 1...100)
        productSize = try section.size(.productSize, in: .mebibytes(1)...(.gibibytes(64)))
        tmpSize = try section.size(.tmpSize, in: .mebibytes(1)...(.gibibytes(64)))
        output = try section.size(.output, in: .kibibytes(1)...(.gibibytes(1)))
        outputKept = try section.size(.outputKept, in: .kibibytes(1)...(.kibibytes(64)))
        cache = try section.textOrNone(.cache)
        cacheSize = try section.size(.cacheSize, in: .mebibytes(1)...(.gibibytes(1_024)))
    }
}

extension ValidatorsSection: Decodable {
    enum CodingKeys: String, CodingKey, CaseIterable {
        case processes, kept
        case transcriptKept = "transcript_kept"
    }

    package init(from decoder: any Decoder) throws {
        let section = try SectionReader<CodingKeys>(decoder)
        processes = try section.number(.processes, in: 1...10_000)
        kept = try section.size(.kept, in: .mebibytes(1)...(.gibibytes(64)))
        transcriptKept = try section.size(
            .transcriptKept, in: .kibibytes(1)...(.kibibytes(256)))
    }
}

extension OutputsSection: Decodable {
    enum CodingKeys: String, CodingKey, CaseIterable { case tests, each, total, message }

    package init(from decoder: any Decoder) throws {
        let section = try SectionReader<CodingKeys>(decoder)
        tests = try section.word(.tests)
        each = try section.size(.each, in: ByteCount(256)...(.mebibytes(16)))
        total = try section.size(.total, in: ByteCount(256)...(.mebibytes(64)))
        message = try section.size(.message, in: ByteCount(256)...(.kibibytes(64)))
    }
}

extension Settings: Decodable {
    enum CodingKeys: String, CodingKey, CaseIterable {
        case database, problems, queue, worker, sandbox, limits, compile, validators, outputs
        case languages = "language"
    }

    package init(from decoder: any Decoder) throws {
        let sections = try decoder.container(keyedBy: CodingKeys.self)
        database = try sections.decode(DatabaseSection.self, forKey: .database)
        problems = try sections.decode(ProblemsSection.self, forKey: .problems)
        queue = try sections.decode(QueueSection.self, forKey: .queue)
        worker = try sections.decode(WorkerSection.self, forKey: .worker)
        sandbox = try sections.decode(SandboxSection.self, forKey: .sandbox)
        limits = try sections.decode(LimitsSection.self, forKey: .limits)
        compile = try sections.decode(CompileSection.self, forKey: .compile)
        validators = try sections.decode(ValidatorsSection.self, forKey: .validators)
        outputs = try sections.decode(OutputsSection.self, forKey: .outputs)
        languages = []
        try add(try sections.decode([String: LanguageSection].self, forKey: .languages))
    }

    /// Adds languages to those there are.
    mutating func add(_ sections: [String: LanguageSection]) throws {
        for (id, section) in sections {
            languages.append(try section.language(id: id))
            smokePrograms[id] = section.smoke ?? id
        }
        languages.sort { $0.id < $1.id }
        try LanguageSection.checkDetection(languages)
    }

    /// Every section with its keys; a language's section is `language.ID`, as in judge.conf's comment.
    package static let keys: [String: [String]] = [
        "database": DatabaseSection.CodingKeys.allCases.map(\.rawValue),
        "problems": ProblemsSection.CodingKeys.allCases.map(\.rawValue),
        "queue": QueueSection.CodingKeys.allCases.map(\.rawValue),
        "worker": WorkerSection.CodingKeys.allCases.map(\.rawValue),
        "sandbox": SandboxSection.CodingKeys.allCases.map(\.rawValue),
        "limits": LimitsSection.CodingKeys.allCases.map(\.rawValue),
        "compile": CompileSection.CodingKeys.allCases.map(\.rawValue),
        "validators": ValidatorsSection.CodingKeys.allCases.map(\.rawValue),
        "outputs": OutputsSection.CodingKeys.allCases.map(\.rawValue),
        "language": LanguageSection.CodingKeys.allCases.map(\.rawValue),
    ]
}
