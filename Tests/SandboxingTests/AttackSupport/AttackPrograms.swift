import Foundation
import Testing

/// The hostile programs as executables.
struct AttackPrograms: Sendable {
    private let executables: [String: [UInt8]]
    let neighbour: [UInt8]
    /// Runs a program where no sandbox is.
    let outside: [UInt8]

    /// The executable or the script of a program that is run; nil for what only a compiler reads.
    subscript(_ attack: Attack) -> [UInt8]? { executables[attack.name] }

    static func load() async throws -> AttackPrograms {
        let sources = try #require(Bundle.module.path(forResource: "Attacks", ofType: nil))
        let attacks = try Attack.all.get()
        let compiled = attacks.filter { !$0.isScript && $0.stage != .compile }.map(\.name)
        var executables: [String: [UInt8]] = [:]
        for script in attacks where script.isScript {
            executables[script.name] = Array(script.source.utf8)
        }
        let header = try Data(contentsOf: URL(filePath: sources + "/attack.h"))
        let names = compiled + ["neighbour.c", "outside.c"]
        try await withThrowingTaskGroup(of: (String, [UInt8]).self) { group in
            var next = names.startIndex
            func start() {
                guard next < names.endIndex else { return }
                let name = names[next]
                next += 1
                group.addTask {
                    (name, try compile(sources + "/" + name, header: header))
                }
            }
            for _ in 0..<2 { start() }
            while let (name, bytes) = try await group.next() {
                executables[name] = bytes
                start()
            }
        }
        return AttackPrograms(
            executables: executables, neighbour: try #require(executables["neighbour.c"]),
            outside: try #require(executables["outside.c"]))
    }

    private static func compile(_ source: String, header: Data) throws -> [UInt8] {
        // Memory that is written and never read must be written all the same.
        try CompiledProgram.bytes(
            of: source, flags: ["-O1", "-fno-builtin", "-Wall", "-Werror", "-pthread"],
            header: header)
    }
}
