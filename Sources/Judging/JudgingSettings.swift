package import JudgeCore
package import Units

/// What the machine gives to every judging, beside the limits that a package states.
package struct JudgingSettings: Sendable, Equatable, Codable {
    /// The wall limit of a test is its time limit times this, and at least `wallMinimum`.
    package var wallFactor: Double = 3
    package var wallMinimum: Duration = .seconds(3)
    /// When a test is run again for its time.
    package var fairTime = FairTime()
    /// Descriptors open in one process of a test.
    package var openFiles: Int = 64
    /// Size of any one file that a test writes.
    package var fileSize: ByteCount = .mebibytes(16)
    /// `/tmp` and `/dev/shm` of a test together.
    package var tmpSize: ByteCount = .mebibytes(64)
    /// `/box`, which holds sources and products.
    package var boxSize: ByteCount = .mebibytes(256)

    /// Processes and threads of a compiler at one time.
    package var compileProcesses: Int = 64
    package var compileOpenFiles: Int = 256
    /// The wall limit of a compilation is its time limit times this.
    package var compileWallFactor: Double = 2
    /// What a compiler may print before it is stopped.
    package var compileOutput: ByteCount = .mebibytes(1)
    package var compileTmpSize: ByteCount = .mebibytes(256)
    /// Everything that one compilation leaves for the runs; also the size of any one file that a
    /// compiler writes.
    package var productSize: ByteCount = .mebibytes(64)

    /// Processes and threads of an output validator at one time.
    package var validatorProcesses: Int = 64
    /// Of each text that a checker writes; head and tail are kept.
    package var checkerMessageKept: ByteCount = .kibibytes(4)
    /// Of what submission and interactor said in one test; head and tail are kept.
    package var transcriptKept: ByteCount = .kibibytes(16)
    /// Compiled validators that are kept for the next judging, together.
    package var validatorsKept: ByteCount = .mebibytes(256)

    /// Of the compiler's output; head and tail are kept.
    package var compilerOutputKept: ByteCount = .kibibytes(64)
    /// Of what submissions write in tests.
    package var outputs = OutputKeeping(
        tests: .rejected, each: .kibibytes(16), total: .mebibytes(1))
    /// CPU time of one test while a package's time limit is measured.
    package var measuringLimit: Duration = .seconds(60)
    /// `NAME=VALUE` for every compilation and every run, equal on every machine.
    package var environment: [String] = [
        "PATH=/usr/local/bin:/usr/bin:/bin", "HOME=/tmp", "LANG=C.UTF-8",
    ]

    package init() {}

    /// The elapsed time that a test with this time limit may take.
    package func wallLimit(for timeLimit: Duration) -> Duration {
        max(timeLimit * wallFactor, wallMinimum)
    }
}
