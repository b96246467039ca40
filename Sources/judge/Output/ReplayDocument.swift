import JudgeCore
import Judging
import Store
import Units

/// A replayed run beside the stored one.
struct ReplayDocument {
    /// One fact of the run, as it was stored and as it is now.
    private struct Fact {
        var name: String
        var stored: JSON
        var now: JSON
        /// Whether it may differ from run to run.
        var varies = false
        /// Whether it is the same, where that is not whether both are written alike.
        var isSame: Bool?

        var differs: Bool { !varies && !(isSame ?? (stored.text == now.text)) }
    }

    private let submission: Int64
    private let test: String
    private let facts: [Fact]
    private let surroundings: [Fact]
    private let directory: String?
    private let note: String?

    init(
        record: JudgingRecord, test: String, outcome: Replay.Outcome, then: Machine,
        now: Machine, kept: KeptOutput?, directory: String?
    ) {
        submission = record.submission.id
        self.test = test
        self.directory = directory
        note =
            outcome.ranProgram
            ? nil
            : "no program of the submission runs in this problem: its answer was checked again"
        let old = record.judgement.tests.first { $0.name == test }
        let isCompilerError = record.judgement.verdict == .compilerError
        let new = outcome.test
        let verdict = isCompilerError ? record.judgement.verdict : old?.verdict
        let reason = isCompilerError ? record.judgement.reason : old?.reason
        // When the other side has decided, a program that has not ended yet is ended.
        let verdicts = [outcome.verdict, verdict]
        let mayBeEnded =
            !outcome.talks.isEmpty
            && verdicts.contains { $0 == .wrongAnswer || $0 == .judgeError }
        // Nor does a limit stop anybody at a certain byte.
        let mayGoOn = verdicts.contains { $0 != .accepted && $0 != .runTimeError }
        var facts = [
            Fact(
                name: "verdict", stored: JSON(verdict?.rawValue),
                now: .string(outcome.verdict.rawValue)),
            Fact(
                name: "reason", stored: JSON(reason?.code.rawValue),
                now: JSON(outcome.reason?.code.rawValue)),
            Fact(
                name: "exit_code", stored: JSON(old?.exitCode), now: JSON(new?.exitCode),
                varies: mayBeEnded),
            Fact(
                name: "signal", stored: JSON(old?.signal), now: JSON(new?.signal),
                varies: mayBeEnded),
            Self.message(old, new, isPruned: record.judgement.isPruned),
        ]
        if let kept { facts.append(Self.output(kept, new)) }
        if let old, let new {
            facts += Self.talk(
                old.transcript, new.transcript, isPruned: record.judgement.isPruned,
                mayGoOn: mayGoOn)
        }
        if outcome.passes > 1 {
            facts.append(
                Fact(name: "passes", stored: .null, now: JSON(outcome.passes), varies: true))
        }
        facts += [
            Fact(
                name: "cpu_time_us", stored: JSON(old?.cpuTime), now: JSON(new?.cpuTime),
                varies: true),
            Fact(
                name: "wall_time_us", stored: JSON(old?.wallTime), now: JSON(new?.wallTime),
                varies: true),
            Fact(
                name: "memory_peak_bytes", stored: JSON(old?.memoryPeak),
                now: JSON(new?.memoryPeak), varies: true),
        ]
        self.facts = facts
        surroundings = Self.surroundings(then, now)
    }

    /// Whether what was written begins and ends as what is kept, and has its length.
    private static func output(_ kept: KeptOutput, _ new: TestResult?) -> Fact {
        let written = new?.outputs.first { $0.stream == kept.stream }?.head ?? []
        let isSame =
            Int64(written.count) == kept.size.bytes && written.starts(with: kept.head)
            && written.suffix(kept.tail.count).elementsEqual(kept.tail)
        let count = "\(written.count) bytes"
        return Fact(
            name: "stdout", stored: .string("\(kept.size.bytes) bytes"),
            now: .string(isSame ? count : "\(count), other than those that are kept"))
    }

    /// What is not kept, or not any more, is not compared.
    private static func message(
        _ old: TestResult?, _ new: TestResult?, isPruned: Bool
    ) -> Fact {
        let isKept = !isPruned && old?.checkerMessage != OutputKeeping.noRoom
        return Fact(
            name: "checker_message", stored: isKept ? JSON(old?.checkerMessage) : .null,
            now: JSON(new?.checkerMessage), varies: !isKept)
    }

    /// Whether everybody said the same. One that is not kept whole is not compared.
    ///
    /// - Parameter mayGoOn: whether somebody may have been ended, which happens at no certain byte.
    private static func talk(
        _ stored: Transcript, _ now: Transcript, isPruned: Bool, mayGoOn: Bool
    ) -> [Fact] {
        guard !stored.lines.isEmpty || !now.lines.isEmpty else { return [] }
        let count = "\(stored.lines.count) lines"
        guard !isPruned, stored.isWhole, now.isWhole else {
            return [
                Fact(
                    name: "transcript",
                    stored: isPruned ? .null : .string("\(count), not whole"),
                    now: .string("\(now.lines.count) lines"), varies: true)
            ]
        }
        let isSame = stored.says(sameAs: now, mayGoOn: mayGoOn)
        return [
            Fact(
                name: "transcript", stored: .string(count),
                now: .string(isSame ? "the same" : "other than what is kept"), isSame: isSame)
        ]
    }

    private static func surroundings(_ then: Machine, _ now: Machine) -> [Fact] {
        func fact(_ name: String, _ stored: String?, _ found: String?) -> Fact {
            Fact(name: name, stored: JSON(stored), now: JSON(found))
        }
        let tools = (then.toolchains.values.first, now.toolchains.values.first)
        return [
            fact("host", then.host, now.host), fact("kernel", then.kernel, now.kernel),
            fact("judge", then.judgeDigest, now.judgeDigest),
            fact("helper", then.helperDigest, now.helperDigest),
            fact("filter", then.filterDigest, now.filterDigest),
            fact("toolchain", tools.0?.version, tools.1?.version),
            fact("toolchain_digest", tools.0?.digest, tools.1?.digest),
        ]
    }

    /// What should be the same and is not.
    private var differences: [Fact] {
        (facts + surroundings).filter(\.differs)
    }

    var json: JSON {
        func document(_ facts: [Fact]) -> JSON {
            .object(
                facts.map { fact in
                    (fact.name, .object([("stored", fact.stored), ("now", fact.now)]))
                })
        }
        return .object([
            ("submission", JSON(submission)), ("test", .string(test)), ("facts", document(facts)),
            ("surroundings", document(surroundings)),
            ("differs", .array(differences.map { .string($0.name) })),
            ("kept_in", JSON(directory)),
        ])
    }

    var text: String {
        var table = TextTable([("fact", .left), ("stored", .left), ("now", .left)])
        for fact in facts { table.add([fact.name, Self.cell(fact.stored), Self.cell(fact.now)]) }
        var lines = ["submission \(submission), test \(Printable.line(test))", ""]
        lines += table.lines.map { "  " + $0 } + [""]
        if differences.isEmpty {
            lines.append("nothing differs but what varies from run to run")
        } else {
            lines.append("differs:")
            lines += differences.map { fact in
                "  \(fact.name): \(Self.cell(fact.stored)) then, \(Self.cell(fact.now)) now"
            }
        }
        if let note { lines.append(note) }
        if let directory { lines.append("kept in \(Printable.line(directory))") }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func cell(_ value: JSON) -> String {
        switch value {
        case .null: "-"
        case .string(let text): Printable.line(text)
        case .bool, .int, .double, .array, .object: value.text
        }
    }
}
