import ArgumentParser
import JudgeCore
import Store

struct WorkerReleaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release",
        abstract: "Lets a worker have new work that was held back.",
        discussion: """
            A worker is held back when one of its judgings, made again in another slot, comes to \
            another verdict (repeat_share in judge.conf). The views repetitions and held_workers \
            tell which, and how they differ.

              judge worker release vm-1
            """)

    @Argument(help: "Name of the worker; one without a name of its own is called like its host.")
    var name: String

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var surroundings: Surroundings

    func run() async throws {
        let store = try await surroundings.store(try surroundings.settings(), .write)
        let isReleased = try await store.release(name)
        let held = try await store.heldWorkers()
        try await store.close()
        guard isReleased else {
            let hint =
                nearest(to: name, among: held).map { "did you mean \($0)?" }
                ?? (held.isEmpty ? "none is" : "held are \(held.joined(separator: ", "))")
            throw CommandFailure(
                .badInput, "no worker \"\(Printable.line(name))\" is held back; \(hint)")
        }
        try StandardStreams.write(
            json
                ? JSON.object([("worker", .string(name)), ("ok", .bool(true))]).text + "\n"
                : "\(Printable.line(name)) may have new work\n")
    }
}
