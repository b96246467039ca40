import ArgumentParser
import Glibc

// Theory of operation. Each command is one file: it reads its options, opens what it needs through
// `Surroundings` (settings, database, slots), and prints through `Output`. Commands throw; only
// `JudgeCommand.main` turns an error into a sentence and an exit code. What a program of somebody
// else may have chosen (names, messages, compiler output) goes through `Printable` on its way to a
// terminal.

@main
struct JudgeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "judge",
        abstract: "Runs untrusted programs and says whether they are right.",
        discussion: """
            A problem is a package in the Kattis/ICPC format or Polygon's. Install it once, start \
            a worker, submit programs and ask for their results:

              judge problem add problems/aplusb
              judge worker &
              judge submit aplusb main.cpp --wait

            Without queue and database, here and now:

              judge run problems/aplusb main.cpp

            Exit codes: 0 done, and accepted where a verdict was waited for; 1 any other verdict, or \
            a check that did not hold; 64 wrong usage; 65 bad input; 69 something needed is not \
            there; 70 the judge failed; 75 try again later.
            """,
        subcommands: [
            SubmitCommand.self, ResultCommand.self, ListCommand.self, SourceCommand.self,
            OutputCommand.self, ReplayCommand.self, CancelCommand.self, RejudgeCommand.self,
            RejudgingCommand.self, WorkerCommand.self, RunCommand.self, ProblemCommand.self,
            LanguageCommand.self,
            SandboxCommand.self,
            DatabaseCommand.self, DoctorCommand.self, BenchCommand.self,
        ])

    static func main() async {
        StandardStreams.prepare()
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            end(with: error)
        }
    }

    private static func end(with error: any Error) -> Never {
        if let failure = CommandFailure(error) {
            StandardStreams.complain(failure.text)
            Glibc.exit(failure.status.rawValue)
        }
        guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
        let message = fullMessage(for: error).replacing("Error: ", with: "", maxReplacements: 1)
        StandardStreams.tell("judge: " + Printable.lines(message).joined(separator: "\n") + "\n")
        Glibc.exit(ExitCode.validationFailure.rawValue)
    }
}
