import Configuration
import Foundation
import JudgeCore
import Judging
import Problems
import Sandboxing
import Synchronization
import Units

/// A problem of 100 tests with a program that needs a millisecond, and the comparison of long outputs.
struct JudgeBench {
    private static let tests = 100
    private static let length = 64 << 20

    let directory: URL
    let settings: Settings

    func figures(on slot: any Slot) async throws -> [BenchFigure] {
        try await judging(on: slot) + comparing()
    }

    private func judging(on slot: any Slot) async throws -> [BenchFigure] {
        guard let language = settings.languages.first(where: { $0.code == "c" && $0.detected })
        else {
            throw CommandFailure(
                .unavailable, "judge.conf has no language of the code c that is detected")
        }
        let problem = try problem()
        let source = SourceSet(files: [SourceFile(name: "main.c", bytes: Array(Self.source.utf8))])
        let judge = Judge(settings: settings.judging, languages: settings.languages)
        let marks = Mutex<[ContinuousClock.Instant]>([])
        let judgement = try await judge.judge(source, in: language, problem: problem, on: slot) {
            _, _ in marks.withLock { $0.append(.now) }
        }
        guard judgement.verdict == .accepted else {
            throw CommandFailure(
                .unavailable,
                "the program of this bench is judged \(judgement.verdict.rawValue): "
                    + (judgement.reason?.text ?? ""))
        }
        let times = marks.withLock { $0 }
        var (whole, added) = (BenchSamples(), BenchSamples())
        for (index, test) in judgement.tests.enumerated() where index + 1 < times.count {
            let took = times[index].duration(to: times[index + 1])
            whole.add(took)
            added.add(took - test.wallTime)
        }
        let all = (times.first ?? .now).duration(to: times.last ?? .now)
        return [
            BenchFigure("test of 1 ms", whole),
            BenchFigure("beyond the program itself", added),
            BenchFigure(
                "tests of 1 ms", perSecond: Double(judgement.tests.count) / (all / .seconds(1))),
        ]
    }

    private func problem() throws -> Problem {
        var tests: [TestCase] = []
        for number in 1...Self.tests {
            for ending in ["in", "ans"] {
                try Data("\(number)\n".utf8).write(
                    to: directory.appending(path: "\(number).\(ending)"))
            }
            let path = directory.appending(path: "\(number)").path(percentEncoded: false)
            tests.append(
                TestCase(
                    name: "secret/\(number)", group: "secret", inputPath: path + ".in",
                    answerPath: path + ".ans", validatorFlags: []))
        }
        return Problem(
            id: "bench", name: "Bench", formatVersion: "legacy",
            directory: directory.path(percentEncoded: false), timeLimit: .seconds(1),
            limits: ProblemLimits(), languages: nil, tests: tests, examples: [], warnings: [])
    }

    /// Equal outputs, which are read to their end, beside reading as many bytes from a file in memory.
    private func comparing() throws -> [BenchFigure] {
        let line = Array("12345 67890 13579 24680\n".utf8)
        let text = (0..<Self.length / line.count).flatMap { _ in line }
        let file = directory.appending(path: "long")
        try Data(text).write(to: file)
        let checker = DefaultChecker(try ValidatorFlags(parsing: [], strict: false))
        var (reading, comparing) = (BenchSamples(), BenchSamples())
        for _ in 0..<5 {
            let start = ContinuousClock.now
            let answer = try [UInt8](Data(contentsOf: file))
            reading.add(start.duration(to: .now))
            let middle = ContinuousClock.now
            let same = text.withUnsafeBytes { output in
                answer.withUnsafeBytes { checker.compare(output: output, answer: $0) }
            }
            comparing.add(middle.duration(to: .now))
            guard same == .accepted else {
                throw CommandFailure(
                    .broken, "an output that is equal to its answer is not accepted")
            }
        }
        let size = ByteCount(Int64(text.count))
        return [
            BenchFigure("read \(size)", reading),
            BenchFigure("compare \(size)", comparing, beside: ("read \(size)", reading)),
        ]
    }

    private static let source = """
        #include <stdio.h>
        #include <time.h>

        int main(void) {
            int number;
            if (scanf("%d", &number) != 1) return 1;
            struct timespec used;
            do clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
            while (used.tv_sec == 0 && used.tv_nsec < 1000000);
            printf("%d\\n", number);
        }

        """
}
