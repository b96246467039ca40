import ArgumentParser
import Configuration
import Foundation
import SandboxProtocol
import Sandboxing
import Units

struct SandboxRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Runs one program in a sandbox.",
        discussion: """
            The program is one of the sandbox (gcc, /usr/bin/python3, a path below a mount), or a \
            file of this machine (./a.out), which is copied to /box. It finds a read-only system, \
            an empty /tmp, loopback, and nothing else. Times are written 500ms or 1.5s, sizes 64MiB.

              judge sandbox run --cpu-time 1s --memory 64MiB -- ./a.out
              judge sandbox run --report report.json -- python3 -c 'print(6 * 7)'

            Exit code: the program's; 128 + the signal that ended it; 124 for a time limit; 137 for \
            memory; 125 when the sandbox could not be set up and nothing was run.
            """)

    @OptionGroup(title: "Limits") var limits: SandboxLimitOptions

    @Option(
        help: ArgumentHelp(
            "Show a host file or directory, read-only. May be repeated.", valueName: "host:inside"))
    var readOnly: [MountArgument] = []

    @Option(
        help: ArgumentHelp(
            "Show a host file or directory that may be written, if its permissions let others. "
                + "May be repeated.", valueName: "host:inside"))
    var writable: [MountArgument] = []

    @Option(help: ArgumentHelp("Working directory inside.", valueName: "dir"))
    var cwd = "/box"

    @Option(
        help: ArgumentHelp(
            "A variable beside PATH, HOME and LANG. May be repeated.", valueName: "name=value"))
    var env: [String] = []

    @Option(help: ArgumentHelp("Host name inside.", valueName: "name"))
    var hostname = "judge"

    @Option(help: "loopback or none.")
    var network: NetworkArgument = .loopback

    @Option(
        help: ArgumentHelp(
            "A class of system calls beyond those of every run. May be repeated.",
            valueName: "class"))
    var syscalls: [ExtraSyscalls] = []

    @Option(help: ArgumentHelp("Standard input; the caller's own by default.", valueName: "file"))
    var stdin: String?

    @Option(help: ArgumentHelp("Standard output; the caller's own by default.", valueName: "file"))
    var stdout: String?

    @Option(help: ArgumentHelp("Standard error; the caller's own by default.", valueName: "file"))
    var stderr: String?

    @Option(help: ArgumentHelp("Where the report goes, as JSON.", valueName: "file|fd:N"))
    var report: ReportTarget?

    @Argument(parsing: .postTerminator, help: "Program and arguments, behind --.")
    var command: [String]

    @OptionGroup var surroundings: Surroundings

    func validate() throws {
        guard !command.isEmpty else { throw ValidationError("name a program behind --") }
        guard cwd.hasPrefix("/") else { throw ValidationError("--cwd \(cwd) is not absolute") }
        guard (1...64).contains(hostname.utf8.count) else {
            throw ValidationError("--hostname must have 1 to 64 bytes")
        }
        for variable in env where !variable.dropFirst().contains("=") {
            throw ValidationError("--env \(variable) is not NAME=VALUE")
        }
    }

    func run() async throws {
        let settings = try surroundings.settings()
        let standardInput = try stdin.map { try openFile($0, forReading: true) } ?? 0
        let output = try stdout.map { try openFile($0, forReading: false) } ?? 1
        let errors = try stderr.map { try openFile($0, forReading: false) } ?? 2
        let target = try report?.open()
        let program = try SandboxProgram(command[0], mounts: readOnly + writable)
        let mounts =
            readOnly.map { FileMount(host: $0.host, inside: $0.inside) }
            + writable.map { FileMount(host: $0.host, inside: $0.inside, writable: true) }
        let request = RunRequest(
            arguments: [program.path] + command.dropFirst(),
            environment: ["PATH=/usr/local/bin:/usr/bin:/bin", "HOME=/tmp", "LANG=C.UTF-8"] + env,
            workingDirectory: cwd, hostname: hostname, network: network.network,
            extraSyscalls: Set(syscalls), limits: limits.limits)

        let result: RunReport
        do {
            result = try await untilInterrupted {
                try await Slots.with(1, settings, moreMounts: mounts) { slots in
                    guard let slot = slots.first else { throw SandboxError("no slot is open") }
                    try await program.put(into: slot)
                    return try await slot.run(
                        request, input: .descriptor(standardInput), stdout: .descriptor(output),
                        stderr: .descriptor(errors)
                    ).report
                }
            }
        } catch let error as SandboxError {
            var failed = RunReport(outcome: .setupFailed)
            failed.reason = error.description
            result = failed
        }
        try target?.write(ReportDocument(result).json.text + "\n")
        if result.outcome == .setupFailed {
            StandardStreams.complain(result.reason ?? "the sandbox could not be set up")
        }
        let code = ReportDocument(result).exitCode
        if code != 0 { throw ExitCode(code) }
    }

    private func openFile(_ path: String, forReading: Bool) throws(CommandFailure) -> Int32 {
        let flags = forReading ? O_RDONLY : O_WRONLY | O_CREAT | O_TRUNC
        let fd = open(path, flags | O_CLOEXEC, 0o644)
        guard fd >= 0 else {
            throw CommandFailure(
                .badInput, "cannot open \(path): \(String(cString: strerror(errno)).lowercased())")
        }
        return fd
    }
}

/// The limits of one run, each with a safe default.
struct SandboxLimitOptions: ParsableArguments {
    @Option(help: ArgumentHelp("CPU time of the whole tree.", valueName: "time"))
    var cpuTime = TimeArgument(.seconds(2))

    @Option(
        help: ArgumentHelp("Elapsed time; three times the CPU time by default.", valueName: "time"))
    var wallTime: TimeArgument?

    @Option(help: ArgumentHelp("Memory of the whole tree, swap included.", valueName: "size"))
    var memory: ByteCount = .mebibytes(256)

    @Option(help: ArgumentHelp("Processes and threads at one time.", valueName: "n"))
    var processes = 32

    @Option(help: ArgumentHelp("Descriptors open in one process.", valueName: "n"))
    var openFiles = 64

    @Option(help: ArgumentHelp("Size of any one file.", valueName: "size"))
    var fileSize: ByteCount = .mebibytes(16)

    @Option(help: ArgumentHelp("Stack; as large as the memory by default.", valueName: "size"))
    var stack: ByteCount?

    @Option(help: ArgumentHelp("Everything in /tmp and /dev/shm.", valueName: "size"))
    var tmpSize: ByteCount = .mebibytes(64)

    @Option(help: ArgumentHelp("Standard output and error together.", valueName: "size"))
    var output: ByteCount = .mebibytes(64)

    func validate() throws {
        guard cpuTime.duration > .zero, wallTime?.duration ?? .seconds(1) > .zero else {
            throw ValidationError("a time limit must be more than nothing")
        }
        guard (1...100_000).contains(processes), (3...1_000_000).contains(openFiles) else {
            throw ValidationError(
                "--processes takes 1 to 100000, --open-files 3 to 1000000")
        }
        guard [memory, fileSize, stack ?? memory, tmpSize, output].allSatisfy({ $0 > .zero }) else {
            throw ValidationError("a size must be more than nothing")
        }
    }

    var limits: RunLimits {
        RunLimits(
            cpuTime: cpuTime.duration, wallTime: wallTime?.duration, memory: memory,
            processes: processes,
            openFiles: openFiles, fileSize: fileSize, stack: stack, tmpSize: tmpSize,
            output: output)
    }
}
