import Foundation
import Testing

extension Arena {
    /// Runs a hostile program where no sandbox is: bounded, on the bait, and as an ordinary user or
    /// as root in namespaces of its own.
    /// - Returns: what it and the host's careless handling of it showed.
    func outside(_ attack: Attack) throws -> String {
        try bait.cleanWork()
        defer { try? bait.cleanWork() }
        let runner = try place(programs.outside, "outside")
        let input = bait.work + "/input"
        try Data("input\n".utf8).write(to: URL(filePath: input))
        try FileManager.default.setAttributes([.posixPermissions: 0o666], ofItemAtPath: input)
        if attack.stage == .compile { return try compileOutside(attack, runner, input) }
        let program = try place(try #require(programs[attack]), attack.name)
        let user = attack.isRootOutside ? "0" : outsideUser
        let command = [user, "15000"] + attack.command(program)
        var text = ""
        switch attack.runs {
        case .once: text = try run(runner, command, input)
        case .leaveThenFind:
            text = try run(runner, command + ["leave"], input)
            text += try run(runner, command + ["find"], input)
        case .beside:
            text = try pair(runner, command)
        }
        return try text + handle(attack)
    }

    /// Nobody for root; an ordinary user stays who it is.
    private var outsideUser: String { geteuid() == 0 ? "65534" : String(geteuid()) }

    private var outsideEnvironment: [String: String] {
        bait.variables.merging(["PATH": "/usr/bin:/bin"]) { $1 }
    }

    private func place(_ bytes: [UInt8], _ name: String) throws -> String {
        let path = bait.directory + "/" + name
        try Data(bytes).write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        return path
    }

    private func run(_ runner: String, _ command: [String], _ input: String) throws -> String {
        try start(runner, command, input).finish().output
    }

    private func start(_ runner: String, _ command: [String], _ input: String) throws -> Tool {
        try Tool(
            [runner] + command, directory: bait.work, environment: outsideEnvironment,
            input: input)
    }

    private func pair(_ runner: String, _ command: [String]) throws -> String {
        let first = try start(runner, command + ["a"], "/dev/null")
        let ready = first.some()
        let second = try run(runner, command + ["b"], "/dev/null")
        first.stop()
        return ready + second + first.finish().output
    }

    /// What a careless host does with what the program left, by path.
    private func handle(_ attack: Attack) throws -> String {
        switch attack.stage {
        case .run, .compile: return ""
        case .product:
            var text = ""
            for name in attack.taken {
                let path = bait.work + "/" + name
                guard let bytes = FileManager.default.contents(atPath: path) else { continue }
                text += "\nthrough: the host read \(bytes.count) bytes of \(name)"
            }
            return text
        case .put:
            let next = bait.work + "/next"
            let file = try FileHandle(forWritingTo: URL(filePath: next))
            try file.write(contentsOf: Data("the host's\n".utf8))
            chmod(next, 0o755)
            return bait.harm().isEmpty ? "" : "\nthrough: \(bait.harm())"
        }
    }

    private func compileOutside(
        _ attack: Attack, _ runner: String, _ input: String
    ) throws -> String {
        let source = attack.name.hasSuffix(".c") ? "/attack.c" : "/attack.cpp"
        try Data(planted(attack).utf8).write(to: URL(filePath: bait.work + source))
        let command = [outsideUser, "15000"] + attack.compilerCommand
        let text = try run(runner, command, "/dev/null")
        let program = bait.work + "/program"
        guard FileManager.default.fileExists(atPath: program) else { return text }
        let output = try run(runner, [outsideUser, "15000", program], "/dev/null")
        return text + "\n" + output + "\nthrough: it was compiled"
    }
}
