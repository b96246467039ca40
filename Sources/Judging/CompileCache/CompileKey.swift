import Foundation
import JudgeCore
import Problems
import Units

/// All that a compilation depends on, digested.
struct CompileKey: Sendable, Equatable {
    /// 64 hexadecimal digits.
    let name: String
    /// Which look at the machine it is made of.
    let look: Int

    /// - Returns: nil where it is not known what the compiler depends on: its digest, its version where it
    ///   tells one, the programs that judge, the installed packages, the architecture.
    init?(
        _ sources: SourceSet, _ arguments: ArgumentTemplate, in language: Language,
        _ settings: JudgingSettings, _ limits: ProblemLimits, _ surroundings: CompileSurroundings,
        look: Int
    ) {
        guard var texts = Self.texts("judge compilation 3", of: language, settings, surroundings)
        else { return nil }
        let memory = limits.compilationMemory
        texts.add("\(language.compileSteps.count)")
        for step in language.compileSteps { texts.add(arguments.fill(step, memory: memory)) }
        texts.add(arguments.environment(memory: memory))
        // As they are written, since sources are taken in another way than what is called like them, and
        // filled in, since other files may come of the same sources by another entry point.
        texts.add(language.products)
        texts.add(arguments.fill(language.products, memory: .zero))
        texts.add(Self.limits(settings, limits))
        let files = sources.files.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        texts.add("\(files.count)")
        for file in files {
            texts.add(file.name)
            texts.add(bytes: file.bytes)
        }
        name = texts.digest.finish()
        self.look = look
    }

    /// Of the precompiled header of a language; which sources use it is not part of it.
    ///
    /// - Returns: nil as above, and where the language has none.
    init?(
        headerOf language: Language, _ settings: JudgingSettings,
        _ surroundings: CompileSurroundings, look: Int
    ) {
        guard let header = language.header, let command = language.precompile,
            var texts = Self.texts("judge header 1", of: language, settings, surroundings)
        else { return nil }
        texts.add(header)
        texts.add(command)
        name = texts.digest.finish()
        self.look = look
    }

    /// What every compilation in a language depends on.
    private static func texts(
        _ kind: String, of language: Language, _ settings: JudgingSettings,
        _ surroundings: CompileSurroundings
    ) -> Texts? {
        let machine = surroundings.machine
        guard let toolchain = machine.toolchains[language.id], let digest = toolchain.digest,
            toolchain.version != nil || language.version.isEmpty,
            let helper = machine.helperDigest, let judge = machine.judgeDigest,
            let system = surroundings.system, let architecture = machine.architecture
        else { return nil }
        var texts = Texts()
        texts.add(kind)
        // The helper holds the file view and the filter. Of the kernel the architecture alone decides.
        texts.add([digest, toolchain.version ?? "", helper, judge, system, architecture])
        texts.add(machine.mounts)
        texts.add(settings.environment)
        texts.add(language.environment)
        texts.add(language.syscalls)
        return texts
    }

    /// Whether a file of the cache may be called so.
    static func isName(_ name: String) -> Bool {
        name.utf8.count == 64
            && name.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }

    /// A compiler that fails under other limits may have failed because of them.
    private static func limits(_ settings: JudgingSettings, _ limits: ProblemLimits) -> [String] {
        let times = [limits.compilationTime, limits.compilationTime * settings.compileWallFactor]
        let sizes = [
            limits.compilationMemory, settings.boxSize, settings.compileTmpSize,
            settings.productSize, settings.compileOutput, settings.compilerOutputKept,
        ]
        return times.map { "\($0.wholeMicroseconds)" } + sizes.map { "\($0.bytes)" }
            + ["\(settings.compileProcesses)", "\(settings.compileOpenFiles)"]
    }

    /// Each with its length before it, so that no two lists give the same bytes.
    private struct Texts {
        var digest = SHA256()

        mutating func add(_ text: String) { add(bytes: Array(text.utf8)) }

        mutating func add(_ list: [String]) {
            add("\(list.count)")
            for text in list { add(text) }
        }

        mutating func add(bytes: [UInt8]) {
            digest.add(Array("\(bytes.count):".utf8))
            digest.add(bytes)
        }
    }
}

extension Machine {
    /// The second word of `kernel`.
    fileprivate var architecture: String? {
        kernel?.split(separator: " ").dropFirst().first.map(String.init)
    }
}
