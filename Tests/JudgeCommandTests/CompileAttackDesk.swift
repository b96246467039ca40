import Foundation
import Testing

/// A desk with a package whose every submission is rejected by a validator that repeats what the program
/// printed, and with secrets wherever a compiler might look.
struct CompileAttackDesk {
    /// What `judge run --json` said of one submission.
    struct Outcome: Decodable {
        struct Compilation: Decodable {
            var cpuTimeUs: Int64?
            var memoryPeakBytes: Int64?
            var output: String?
        }

        struct Test: Decodable {
            var checkerMessage: String?
        }

        var verdict: String
        var compile: Compilation?
        var tests: [Test]
    }

    let desk: Desk
    /// Each is one word in small letters: some compilers fold case.
    let canary = Self.word(), answer = Self.word(), database = Self.word(), variable = Self.word()

    private static func word() -> String {
        "c4nary" + UUID().uuidString.lowercased().replacing("-", with: "")
    }

    init() throws {
        desk = try Desk()
        try desk.write("canary.txt", canaryText)
        try desk.write("judge.db", database)
        try desk.write("echo/data/secret/1.in", "1 2\n")
        try desk.write("echo/data/secret/1.ans", answer + "\n")
        try desk.write(
            "echo/output_validators/repeats.py",
            """
            import sys
            open(sys.argv[3] + "/judgemessage.txt", "w").write(sys.stdin.read(3000))
            sys.exit(43)

            """)
        // A copy: the directories that it names begin where it lies.
        try desk.write(
            "judge.conf", String(contentsOf: InstalledLanguages.configuration, encoding: .utf8))
    }

    /// No language takes its line for a whole program, so that mistakes show it.
    private var canaryText: String { canary + " )\n" }

    private func path(_ name: String) -> String {
        desk.directory.appending(path: name).path(percentEncoded: false)
    }

    /// Words that no outcome may have: of this desk, and of the host's own files.
    var secrets: [String] {
        let host = ["/etc/machine-id", "/etc/shadow", "/etc/hostname"]
            .flatMap {
                ((try? String(contentsOfFile: $0, encoding: .utf8)) ?? "").split(separator: "\n")
            }
            .map { $0.lowercased() }
            // Shorter ones are words that may well stand in a message.
            .filter { $0.count >= 16 }
        return [canary, answer, database, variable] + host
    }

    /// Judges an attack, or its twin with the canary beside the source.
    /// - Returns: what the judge printed, its status, and how long it took.
    func judge(
        _ attack: CompileAttack, twin: Bool = false
    ) throws -> (answer: Desk.Answer, time: Duration) {
        var files = attack.files(
            canary: twin ? "/box/canary.txt" : path("canary.txt"),
            answer: path("echo/data/secret/1.ans"), database: path("judge.db"))
        if twin { files.append(("canary.txt", canaryText)) }
        let folder = "\(attack.language)-\(attack.name)-\(twin)"
        for file in files { try desk.write("\(folder)/\(file.name)", file.text) }
        return try judge(
            files.map { "\(folder)/\($0.name)" }, in: attack.language, seconds: attack.seconds)
    }

    func judge(
        _ files: [String], in language: String, seconds: Int
    ) throws -> (answer: Desk.Answer, time: Duration) {
        try desk.write(
            "echo/problem.yaml",
            """
            name: Echo
            validation: custom
            limits:
              time_limit: 2
              memory: 256
              code: 1024
              compilation_time: \(seconds)
              compilation_memory: \(Self.memory(of: language))

            """)
        let start = ContinuousClock.now
        let answer = try desk.judge(
            ["run", "echo"] + files + ["-l", language, "--json"],
            environment: ["JUDGE_SECRET": variable])
        return (answer, .now - start)
    }

    /// MiB of a compilation.
    static func memory(of language: String) -> Int {
        // Their compilers take half of this for a program of one line.
        ["kotlin", "scala"].contains(language) ? 1_024 : 512
    }
}
