import Glibc
import Judging

/// The comparison of long outputs with their answers, beside reading both in memory; in CPU time, which
/// others on the machine do not lengthen.
struct ComparisonBench {
    /// What is compared: a line of the output, one of the answer as often, and what holds of them.
    private struct Kind {
        var name: String
        var output: String
        var answer: String
        var flags: [String] = []
    }

    private static let kinds = [
        Kind(
            name: "equal", output: "12345 67890 13579 24680\n", answer: "12345 67890 13579 24680\n"),
        Kind(
            name: "other white space", output: "12345 67890 13579 24680\r\n",
            answer: "12345 67890 13579 24680\n"),
        Kind(
            name: "other case", output: "Hello World hello world\n",
            answer: "hello world HELLO WORLD\n"),
        Kind(
            name: "numbers within a tolerance", output: "1.500001 2.25 3.125\n",
            answer: "1.500000 2.25 3.125\n", flags: ["float_tolerance", "1e-4"]),
    ]

    /// In MB.
    let sizes: [Int]
    /// How often each is compared.
    let runs: Int

    func figures() throws -> [BenchFigure] {
        var figures: [BenchFigure] = []
        for size in sizes {
            for kind in Self.kinds { figures += try compare(kind, megabytes: size) }
        }
        return figures
    }

    private func compare(_ kind: Kind, megabytes: Int) throws -> [BenchFigure] {
        // As many lines in both.
        let lines = megabytes * 1_000_000 / max(kind.output.utf8.count, kind.answer.utf8.count)
        let output = Self.text(kind.output, lines)
        let answer = Self.text(kind.answer, lines)
        let checker = DefaultChecker(try ValidatorFlags(parsing: kind.flags, strict: false))
        var (reading, comparing) = (BenchSamples(), BenchSamples())
        for _ in 0..<runs {
            try Task.checkCancellation()
            let (sum, same) = output.withUnsafeBytes { output in
                answer.withUnsafeBytes { answer in
                    let start = Self.cpuTime
                    let sum = Self.read(output) &+ Self.read(answer)
                    let middle = Self.cpuTime
                    let same = checker.compare(output: output, answer: answer)
                    reading.add(middle - start)
                    comparing.add(Self.cpuTime - middle)
                    return (sum, same)
                }
            }
            // What was read is asked for, so that it is read.
            guard same == .accepted, sum != 0 else {
                throw CommandFailure(.broken, "an output that is right is not accepted")
            }
        }
        let size = "\(megabytes) MB"
        let floor = "read \(size), \(kind.name)"
        return [
            BenchFigure(floor, reading),
            BenchFigure("compare \(size), \(kind.name)", comparing, beside: (floor, reading)),
        ]
    }

    private static func text(_ line: String, _ lines: Int) -> [UInt8] {
        let line = Array(line.utf8)
        var text: [UInt8] = []
        text.reserveCapacity(line.count * lines)
        for _ in 0..<lines { text += line }
        return text
    }

    /// Of this thread.
    private static var cpuTime: Duration {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    /// The sum of all words.
    private static func read(_ text: UnsafeRawBufferPointer) -> UInt64 {
        var sum: UInt64 = 0
        for place in stride(from: 0, to: text.count & ~7, by: 8) {
            sum &+= text.loadUnaligned(fromByteOffset: place, as: UInt64.self)
        }
        return sum
    }
}
