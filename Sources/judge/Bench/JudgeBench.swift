import Configuration
import Foundation
import JudgeCore
import Judging
import Problems
import Sandboxing
import Synchronization
import Units

/// A problem of 100 tests with a program that needs a millisecond.
struct JudgeBench {
    private static let tests = 100

    let directory: URL
    let settings: Settings

    func figures(on slot: any Slot) async throws -> [BenchFigure] {
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
