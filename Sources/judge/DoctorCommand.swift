import ArgumentParser
import Configuration
import Sandboxing

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Says whether this machine can judge fairly and safely.",
        discussion: """
            Looks at the kernel, tries what the sandbox needs, attacks the sandbox, and says for \
            everything that is not as it should be why it matters and which command mends it. \
            Changes nothing. A worker refuses to start where a check fails. Exit 0 when none \
            fails, else 1.

              judge doctor
              judge doctor --json

            With --syscalls it prints the system calls that a sandboxed program has instead, class \
            by class, each with its condition and its reason. A class on request is given to a \
            language that names it in judge.conf.
            """)

    @Flag(help: "Print the system calls that programs may make, and nothing else.")
    var syscalls = false

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var surroundings: Surroundings

    func run() async throws {
        let settings = try surroundings.settings()
        if syscalls {
            let document = SyscallDocument(
                try SyscallTable.read(helper: try Slots.helperPath(settings)))
            try StandardStreams.write(json ? document.json.text + "\n" : document.text)
            return
        }
        // What was begun is brought to its end, so that an interruption leaves nothing behind.
        let findings = try await untilInterrupted {
            let findings = await HostExamination.everything(settings)
            // What was interrupted has found nothing.
            try Task.checkCancellation()
            return findings
        }
        let document = DoctorDocument(findings)
        try StandardStreams.write(json ? document.json.text + "\n" : document.text)
        guard document.ok else { throw ExitCode(ExitStatus.no.rawValue) }
    }
}
